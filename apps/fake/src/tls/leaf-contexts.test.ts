import { describe, expect, test } from "vitest";
import { type Authority, createAuthority } from "./authority.ts";
import { LeafContexts } from "./leaf-contexts.ts";

const REAL = createAuthority(new Date());

function make(maxHosts?: number): { readonly contexts: LeafContexts; readonly issued: string[] } {
  const issued: string[] = [];
  const authority: Authority = {
    ...REAL,
    issue: (names) => {
      issued.push(names.join());
      return REAL.issue(names);
    },
  };
  const isImpersonated = (host: string): boolean => host.endsWith(".api.aws");
  return { contexts: new LeafContexts(authority, { ownNames: ["localhost"], isImpersonated, maxHosts }), issued };
}

describe("LeafContexts", () => {
  test("makes one certificate for each host, once, whatever its case", () => {
    const { contexts, issued } = make();
    const first = contexts.find("a.api.aws");

    expect(contexts.find("A.API.AWS")).toBe(first);
    expect(contexts.find("b.api.aws")).not.toBe(first);
    expect(issued).toEqual(["localhost", "a.api.aws", "b.api.aws"]);
  });

  test("shows its own to a client that names no host, or one that is not impersonated", () => {
    const { contexts, issued } = make();

    expect(contexts.find("")).toBe(contexts.find("example.com"));
    expect(issued).toEqual(["localhost"]);
  });

  test("keeps as many as it may, and lets the one go that was used longest ago", () => {
    const { contexts, issued } = make(2);
    for (const host of ["a", "b", "a", "c", "a", "b"]) contexts.find(`${host}.api.aws`);

    expect(contexts.size).toBe(2);
    expect(issued.slice(1)).toEqual(["a.api.aws", "b.api.aws", "c.api.aws", "b.api.aws"]);
  });
});
