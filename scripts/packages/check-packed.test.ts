import { describe, expect, test } from "vitest";
import type { Manifest } from "../shared/read-members.ts";
import { checkPacked } from "./check-packed.ts";

const manifest: Manifest = {
  name: "@x/a",
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  bin: "./dist/bin.js",
  dependencies: { "@x/b": "^1.0.0" },
  peerDependencies: { c: ">=4" },
};
const files = ["package.json", "LICENSE", "dist/index.js", "dist/index.d.ts", "dist/bin.js", "dist/latest.js"];

describe("checkPacked()", () => {
  test("accepts what is complete", () => {
    expect(checkPacked(manifest, files)).toEqual([]);
  });

  test.each<[string, Partial<Manifest>, readonly string[], RegExp]>([
    ["a test", {}, ["dist/index.test.d.ts"], /packed dist\/index\.test\.d\.ts, which is for tests/],
    ["a file of a test folder", {}, ["dist/test/a.js"], /which is for tests/],
    ["source", {}, ["src/index.ts"], /packed src\/index\.ts, which is source/],
    ["an export to source", { exports: "./src/index.ts" }, [], /names \.\/src\/index\.ts, which is not packed/],
    ["a program that is left out", { bin: { a: "./dist/other.js" } }, [], /names \.\/dist\/other\.js, which is not/],
    ["a workspace range", { dependencies: { "@x/b": "workspace:^" } }, [], /dependencies has "@x\/b": "workspace:\^"/],
    ["one version", { dependencies: { c: "2.15.0" } }, [], /dependencies has "c": "2\.15\.0", which is one version/],
    ["a catalog range", { peerDependencies: { c: "catalog:" } }, [], /peerDependencies has "c": "catalog:"/],
  ])("refuses %s", (_, change, more, message) => {
    expect(checkPacked({ ...manifest, ...change }, [...files, ...more])).toEqual([expect.stringMatching(message)]);
  });
});
