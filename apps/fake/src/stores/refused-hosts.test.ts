import { describe, expect, test } from "vitest";
import { RefusedHosts } from "./refused-hosts.ts";

describe("RefusedHosts", () => {
  test("counts in the order of the first attempts, and forgets", () => {
    const refused = new RefusedHosts();
    for (const host of ["b:443", "a:443", "b:443"]) refused.add(host);

    expect(refused.toArray()).toEqual([
      { host: "b:443", count: 2 },
      { host: "a:443", count: 1 },
    ]);
    refused.clear();
    expect(refused.toArray()).toEqual([]);
  });

  test("counts all beyond the first hundred together", () => {
    const refused = new RefusedHosts();
    for (let index = 0; index < 1000; index++) refused.add(`host-${index}:443`);
    refused.add("host-7:443");

    expect(refused.toArray()).toHaveLength(101);
    expect(refused.toArray()[7]).toEqual({ host: "host-7:443", count: 2 });
    expect(refused.toArray().at(-1)).toEqual({ host: "*", count: 900 });
  });
});
