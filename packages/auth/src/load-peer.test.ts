import { describe, expect, test } from "vitest";
import { loadPeer } from "./load-peer.ts";

describe("loadPeer()", () => {
  test("gives the module", async () => {
    expect(await loadPeer("x", async () => ({ a: 1 }))).toEqual({ a: 1 });
  });

  test("names a package that is missing, and how to install it", async () => {
    const name = "@claude-on-aws/not-there";

    await expect(loadPeer(name, () => import(name))).rejects.toMatchObject({
      code: "PEER_MISSING",
      packageName: name,
      message: expect.stringContaining(`npm install ${name}`),
    });
  });
});
