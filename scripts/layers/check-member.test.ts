import { describe, expect, test } from "vitest";
import type { Manifest } from "../shared/read-members.ts";
import { checkMember } from "./check-member.ts";
import type { LayerRules } from "./layer-rules.ts";
import { parseImports } from "./parse-imports.ts";

const rules: LayerRules = {
  mayImport: { base: [], middle: ["base"], top: ["base", "middle"], house: [], fixtures: [] },
  notes: { house: "it stands alone" },
  mayImportAll: [
    { folder: "apps/end-to-end", why: "tests that need several members" },
    { folder: "examples/", why: "programs to start from" },
  ],
  fixtures: "fixtures",
  builtinsAllowedIn: [
    { folder: "apps/", files: /^src\//, why: "a program opens sockets" },
    { folder: "packages/middle", files: /^src\/load[^/]*$/, why: "the edge reads files" },
  ],
  confined: [{ library: "msw", folder: "apps/top", to: [/^src\/fake\.ts$/, /^src\/msw\//] }],
  rooms: { house: [["src/ground/"], ["src/upper/"]] },
  typeCirclesAllowedIn: ["middle"],
};

interface Tree {
  /** The last part is its name too. */
  readonly folder?: string;
  readonly manifest?: Omit<Manifest, "name"> & { readonly name?: string };
  readonly files?: Readonly<Record<string, string>>;
}

const check = ({ folder = "packages/middle", manifest = {}, files = {} }: Tree): string[] =>
  checkMember(
    {
      folder,
      manifest: { name: folder.slice(folder.lastIndexOf("/") + 1), ...manifest },
      files: Object.entries(files).map(([path, text]) => ({ path, imports: parseImports(text) })),
    },
    { rules, siblings: new Set([...Object.keys(rules.mayImport), "end-to-end"]), shared: new Set(["vitest"]) },
  );

describe("checkMember()", () => {
  test("accepts what the table allows", () => {
    expect(
      check({
        manifest: { dependencies: { base: "1", other: "1" }, devDependencies: { fixtures: "1" } },
        files: {
          "src/index.ts": 'export { a } from "./a.ts"; import { b } from "base/part"; import "other";',
          "src/a.ts": 'import type { B } from "./index.ts"; export const a = 1;',
          "src/a.test.ts":
            'import { test } from "vitest"; import "node:fs"; import { cases } from "fixtures"; import "middle";',
          "src/hash.ts": 'type Crypto = typeof import("node:crypto"); import type { Hash } from "node:crypto";',
          "src/load-file.ts": 'import { readFile } from "node:fs/promises";',
          "bench/run.ts": 'import "fixtures"; import "../src/index.ts";',
        },
      }),
    ).toEqual([]);
  });

  test("accepts builtins and a confined library where they belong", () => {
    expect(
      check({
        folder: "apps/top",
        manifest: { dependencies: { msw: "1" } },
        files: {
          "src/msw/handlers.ts": 'import "msw/core/http"; import "node:net";',
          "src/fake.ts": 'import "msw";',
          "test/fake.test.ts": 'import "msw/node";',
        },
      }),
    ).toEqual([]);
  });

  test("accepts all members, builtins and the fixtures in a private member that may import all", () => {
    const dependencies = { base: "1", top: "1", house: "1", fixtures: "1", other: "1" };
    const imports =
      'import "top"; import "house/part"; import "fixtures"; import "node:fs"; import "other"; import "vitest";';
    expect(
      check({
        folder: "apps/end-to-end",
        manifest: { private: true, devDependencies: dependencies },
        files: { "test/a.test.ts": `${imports} import "../support/b.ts";`, "support/b.ts": imports },
      }),
    ).toEqual([]);
    expect(
      check({
        folder: "examples/proxy",
        manifest: { private: true, dependencies },
        files: { "src/main.ts": imports, "server.js": imports },
      }),
    ).toEqual([]);
  });

  test.each<[string, Tree, RegExp]>([
    [
      "a dependency on a sibling above",
      { manifest: { dependencies: { top: "1" } } },
      /^packages\/middle\/package\.json: dependencies has "top": middle may import only base$/,
    ],
    [
      "a devDependency on a sibling above",
      { manifest: { devDependencies: { top: "1" } } },
      /devDependencies has "top"/,
    ],
    ["a peer on a sibling above", { manifest: { peerDependencies: { top: "1" } } }, /peerDependencies has "top"/],
    [
      "an optional dependency on a sibling above",
      { manifest: { optionalDependencies: { top: "1" } } },
      /optionalDependencies has "top"/,
    ],
    [
      "any sibling where none is allowed",
      { folder: "packages/base", manifest: { devDependencies: { middle: "1" } } },
      /base may import no sibling/,
    ],
    [
      "an import of a sibling above, in a test too",
      { manifest: { name: "middle" }, files: { "src/a.test.ts": '\nimport "top";' } },
      /^packages\/middle\/src\/a\.test\.ts:2: import of "top": middle may import only base$/m,
    ],
    [
      "a type import of a sibling above",
      { files: { "src/a.ts": 'import type { T } from "top/types";' } },
      /import of "top\/types": middle may import only base/,
    ],
    [
      "a dynamic import of a sibling above",
      { files: { "src/a.ts": 'const x = await import("top");' } },
      /import of "top": middle may import only base/,
    ],
    [
      "fixtures in what is published",
      { manifest: { devDependencies: { fixtures: "1" } }, files: { "src/a.ts": 'import "fixtures";' } },
      /only tests, benches and scripts may read the fixtures/,
    ],
    ["fixtures as a dependency", { manifest: { dependencies: { fixtures: "1" } } }, /move it to devDependencies/],
    [
      "fixtures that import a sibling",
      { folder: "data/fixtures", manifest: { dependencies: { base: "1" } }, files: { "index.ts": 'import "base";' } },
      /index\.ts:1: import of "base": fixtures may import no sibling/,
    ],
    [
      "a relative import that leaves the folder",
      { files: { "test/a.ts": 'import "../../base/src/a.ts";' } },
      /import of "\.\.\/\.\.\/base\/src\/a\.ts" leaves packages\/middle/,
    ],
    [
      "a sibling that is not declared",
      { files: { "src/a.ts": 'import "base";' } },
      /"base" is not in dependencies, peerDependencies, optionalDependencies of package\.json/,
    ],
    [
      "a sibling that is only a devDependency, in what is published",
      { manifest: { devDependencies: { base: "1" } }, files: { "src/a.ts": 'import "base";' } },
      /"base" is not in dependencies/,
    ],
    [
      "a library that is not declared",
      { files: { "test/a.ts": 'import "@scope/other/part";' } },
      /"@scope\/other" is not in .*devDependencies of package\.json/,
    ],
    [
      "a library of the root in what is published",
      { files: { "src/a.ts": 'import "vitest";' } },
      /"vitest" is not in dependencies/,
    ],
    [
      "files that import each other",
      { files: { "src/a.ts": 'import { b } from "./part/b.ts";', "src/part/b.ts": 'export * from "../a.ts";' } },
      /these files import each other: src\/a\.ts -> src\/part\/b\.ts -> src\/a\.ts/,
    ],
    [
      "a builtin in a package",
      { files: { "src/a.ts": 'import "node:fs";' } },
      /import of "node:fs": a package uses web/,
    ],
    [
      "a builtin in a package with an exception, and says what that is for",
      { files: { "src/a.ts": 'import "node:fs";' } },
      /an argument\. In packages\/middle only \^src\\\/load\[\^\/\]\*\$ may: the edge reads files$/,
    ],
    [
      "a builtin in a package without one",
      { folder: "packages/base", files: { "src/a.ts": 'import "node:fs";' } },
      /take what the builtin gives as an argument$/,
    ],
    [
      "a builtin without node:",
      { files: { "src/a.ts": 'import "fs/promises";' } },
      /import of "fs\/promises": a package/,
    ],
    ["a builtin of Bun", { files: { "src/a.ts": 'import "bun:sqlite";' } }, /import of "bun:sqlite": a package/],
    [
      "a builtin in a folder named like an allowed file",
      { files: { "src/load/a.ts": 'import "node:fs";' } },
      /import of "node:fs": a package/,
    ],
    [
      "a confined library elsewhere",
      { folder: "apps/top", manifest: { dependencies: { msw: "1" } }, files: { "src/a.ts": 'import "msw/node";' } },
      /import of "msw\/node": in apps\/top only .* may know it/,
    ],
    ["a member without a row", { folder: "packages/new" }, /"new" has no row in the table of layers/],
    [
      "files that import each other by types",
      {
        folder: "packages/base",
        files: { "src/a.ts": 'import type { B } from "./b.ts";', "src/b.ts": 'export type A = import("./a.ts").A;' },
      },
      /^packages\/base: these files import each other, types included: src\/a\.ts -> src\/b\.ts -> src\/a\.ts$/,
    ],
    [
      "an import from a room above",
      {
        folder: "packages/house",
        files: { "src/ground/a.ts": 'import "../upper/b.ts";', "src/upper/b.ts": "" },
      },
      /^packages\/house\/src\/ground\/a\.ts:1: import of "\.\.\/upper\/b\.ts" goes up/,
    ],
    [
      "a sibling, with the note to the row",
      { folder: "packages/house", manifest: { dependencies: { base: "1" } } },
      /house may import no sibling; it stands alone$/m,
    ],
    [
      "a member that may import all and can be published",
      { folder: "apps/end-to-end" },
      /^apps\/end-to-end\/package\.json: "end-to-end" may import all .*: set "private": true$/,
    ],
    [
      "an import of a member that may import all",
      {
        folder: "apps/top",
        manifest: { devDependencies: { "end-to-end": "1" } },
        files: { "test/a.ts": 'import "end-to-end";' },
      },
      /devDependencies has "end-to-end": top may import only base, middle\n.*import of "end-to-end": top may import only/,
    ],
    [
      "what a member that may import all does not declare",
      { folder: "examples/proxy", manifest: { private: true }, files: { "main.ts": 'import "top";' } },
      /"top" is not in dependencies, .*devDependencies of package\.json/,
    ],
    [
      "a relative import out of a member that may import all",
      {
        folder: "apps/end-to-end",
        manifest: { private: true },
        files: { "test/a.test.ts": 'import "../../fake/src/index.ts";' },
      },
      /leaves apps\/end-to-end/,
    ],
    [
      "files of a member that may import all, if they import each other",
      {
        folder: "examples/proxy",
        manifest: { private: true },
        files: { "a.ts": 'import "./b.ts";', "b.ts": 'import "./a.ts";' },
      },
      /these files import each other: a\.ts -> b\.ts -> a\.ts/,
    ],
    [
      "a folder named like one whose members may import all",
      { folder: "examples-of-old/proxy", manifest: { private: true } },
      /"proxy" has no row/,
    ],
  ])("refuses %s", (_, tree, message) => {
    expect(check(tree).join("\n")).toMatch(message);
  });
});
