import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CLIENT_CATALOG, parseClientCatalog, pinReleases } from "./client-catalog.ts";

const YAML = `catalog:
  ai: 1.0.0
catalogs:
  others:
    ai: 2.0.0
  # why
  clients:
    "@a/b": 1.0.0

    # of the first
    'c': 1.0.0
    ai: 1.0.0
  last:
    ai: 3.0.0
`;

test("parseClientCatalog() reads the lines of the catalog alone", () => {
  expect(parseClientCatalog(YAML)).toEqual({ "@a/b": "1.0.0", c: "1.0.0", ai: "1.0.0" });
});

test("pinReleases() changes the releases that it is given, and nothing else", () => {
  const pinned = pinReleases(YAML, { "@a/b": "1.0.10", ai: "7.0.0", unknown: "9.0.0" });
  expect(parseClientCatalog(pinned)).toEqual({ "@a/b": "1.0.10", c: "1.0.0", ai: "7.0.0" });
  expect(pinReleases(pinned, { "@a/b": "1.0.0", ai: "1.0.0" })).toBe(YAML);
});

test.each(["", "catalogs:\n  others:\n    ai: 1.0.0\n", "catalogs:\n  clients:\n", "clients:\n    ai: 1.0.0\n"])(
  "says what was expected where there is none: %j",
  (yaml) => {
    expect(() => parseClientCatalog(yaml)).toThrow(/Cannot read the catalog "clients".*expected it below "catalogs:"/);
  },
);

const ROOT = new URL("../../", import.meta.url);
const CLIENT = /^(?:@anthropic-ai\/|@aws-sdk\/|@smithy\/|@ai-sdk\/|@langchain\/|ai$)/;

test("every client that a member is tested with is in the catalog", () => {
  const members = [
    "apps/cli",
    "apps/end-to-end",
    "apps/fake",
    "packages/auth",
    "packages/env",
    "packages/fetch",
    "packages/streaming",
  ];
  const ranges = members.flatMap((folder) => {
    const text = readFileSync(new URL(`${folder}/package.json`, ROOT), "utf8");
    const { devDependencies = {} } = JSON.parse(text) as { devDependencies?: Record<string, string> };
    return Object.entries(devDependencies).filter(([name]) => CLIENT.test(name));
  });
  const pinned = parseClientCatalog(readFileSync(new URL("pnpm-workspace.yaml", ROOT), "utf8"));

  expect(ranges.filter(([, range]) => range !== `catalog:${CLIENT_CATALOG}`)).toEqual([]);
  expect(new Set(ranges.map(([name]) => name))).toEqual(new Set(Object.keys(pinned)));
  expect(Object.values(pinned).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
