import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions } from "./compare-versions.ts";
import { isObject } from "./is-object.ts";
import { nearestName } from "./nearest-name.ts";
import { parseBearer } from "./parse-bearer.ts";
import { splitTarget } from "./split-target.ts";

describe("compareVersions()", () => {
  test.each([
    ["2.1.329", "2.1.329", 0],
    ["2.1", "2.1.0", 0],
    ["2.1.99", "2.1.100", -1],
    ["2.2", "2.1.329", 1],
    ["0", "0.0.1", -1],
  ])("compares %s with %s", (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
    expect(Math.sign(compareVersions(right, left))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe("isObject()", () => {
  test.each([[{}], [Object.create(null)], [{ length: 1 }]])("takes %j", (value) => expect(isObject(value)).toBe(true));

  test.each([[null], [undefined], [[]], ["{}"], [1], [() => ({})]])("refuses %s", (value) => {
    expect(isObject(value)).toBe(false);
  });
});

describe("nearestName()", () => {
  const names = ["CreateInference", "CountTokens", "GetModel", "us"];

  test.each([
    ["CreateInferences", "CreateInference"],
    ["createinference", "CreateInference"],
    ["CuontTokens", "CountTokens"],
    ["GetModle", "GetModel"],
    ["su", undefined],
    ["uz", "us"],
    ["DeleteEverything", undefined],
    ["", undefined],
  ])("of %j is %j", (wrong, nearest) => {
    expect(nearestName(wrong, names)).toBe(nearest);
  });

  test("of a name is that name, and its work is bounded whatever is written", () => {
    for (const name of names) expect(nearestName(name, names)).toBe(name);
    expect(nearestName("a".repeat(10_000_000), ["b".repeat(1_000_000)])).toBeUndefined();
  });
});

describe("parseBearer()", () => {
  test.each([
    ["Bearer k", "k"],
    ["bearer   k ", "k "],
    ["BEARER a b", "a b"],
    ["Bearer ", ""],
    ["Bearer", undefined],
    ["Bearerk", undefined],
    [" Bearer k", undefined],
    ["AWS4-HMAC-SHA256 Credential=a", undefined],
    ["", undefined],
  ])("finds in %j %j", (authorization, token) => {
    expect(parseBearer(authorization)).toBe(token);
  });
});

describe("splitTarget()", () => {
  test.each([
    ["/v1/messages?beta=true", "/v1/messages", "beta=true"],
    ["/v1/messages", "/v1/messages", ""],
    ["/?a=?b", "/", "a=?b"],
    ["?", "", ""],
    ["", "", ""],
  ])("splits %j", (target, path, query) => {
    expect(splitTarget(target)).toEqual({ path, query });
  });

  test("loses nothing but the mark", () => {
    fc.assert(
      fc.property(fc.string(), (target) => {
        const { path, query } = splitTarget(target);
        expect(path).not.toContain("?");
        expect(`${path}${target.includes("?") ? "?" : ""}${query}`).toBe(target);
      }),
    );
  });
});
