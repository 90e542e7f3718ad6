import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseImports } from "./parse-imports.ts";

const specifiers = (text: string): string[] => parseImports(text).map(({ specifier, kind }) => `${kind} ${specifier}`);

describe("parseImports()", () => {
  test.each([
    ['import "x";', ["runtime x"]],
    ['import x from "x";', ["runtime x"]],
    ["import x from 'x'", ["runtime x"]],
    ['import * as x from "x";', ["runtime x"]],
    ['import x, { y } from "x";', ["runtime x"]],
    ['import {\n  x,\n  type Y,\n} from "x";', ["runtime x"]],
    ['import table from "./x.json" with { type: "json" };', ["runtime ./x.json"]],
    ['import type X from "x";', ["type x"]],
    ['import type { X } from "x";', ["type x"]],
    ['import type * as x from "x";', ["type x"]],
    ['import type from "x";', ["runtime x"]],
    ['import { from } from "x";', ["runtime x"]],
    ['export * from "x";', ["runtime x"]],
    ['export * as x from "x";', ["runtime x"]],
    ['export { x } from "x";', ["runtime x"]],
    ['export type { X } from "x";', ["type x"]],
    ['export { x };\nconst from = "y";', []],
    ['export const x = 1;\nimport "y";', ["runtime y"]],
    ['export type X = { from: "y" };', []],
    ['import { type X, type Y } from "x";', ["type x"]],
    ['import x, { type Y } from "x";', ["runtime x"]],
    ['import {} from "x";', ["runtime x"]],
    ['import x = require("x");', ["runtime x"]],
    ['import type x = require("x");', ["type x"]],
    ["import x = y.z;", []],
    ['export { type X, y } from "x";', ["runtime x"]],
    ['export { type X, type Y } from "x";', ["type x"]],
    ['export {} from "x";', ["runtime x"]],
    ['export type * from "x";', ["type x"]],
    ['export type * as x from "x";', ["type x"]],
    ['const x = await import("x");', ["runtime x"]],
    ["const x = await import(`x`);", ["runtime x"]],
    ['type X = typeof import("x");', ["type x"]],
    ['type X = import("x").X<import("y").Y>;', ["type x", "type y"]],
    ['const x = typeof import("x");', ["runtime x"]],
    ['const x = import("x" as string);', ["runtime x"]],
    ["await import(name);", []],
    ["await import(`x${name}`);", []],
    ['declare module "x" { export const y: import("z").Z; }', ["type z"]],
    ["const here = import.meta.url;", []],
    ['loader.import("x");', []],
    ['const x = { import: "x", from: "y" };', []],
  ])("reads %j", (text, expected) => {
    expect(specifiers(text)).toEqual(expected);
  });

  test.each([
    ["a line comment", '// import "x";\nimport "y";'],
    ["a comment", '/**\n * import "x";\n **/ import "y";'],
    ["a string", 'const x = \'import "x"\'; import "y";'],
    ["a string with an escaped quote", 'const x = "\\"; import \'x\';"; import "y";'],
    ["a template", 'const x = `\nimport "x";\n`; import "y";'],
    ["a template with expressions", 'const x = `${f({ a: `}${1}` })} import "x" ${2}`; import "y";'],
    ["a regular expression", 'const x = /["`/]\'/.test(y) ? /[/"]/ : 1; import "y";'],
    ["a division", 'const x = (a / b) / c; import "y"; const z = a[0] / 2;'],
    ["a first line for the shell", '#!/usr/bin/env bun\'s\nimport "y";'],
    ["a type after a less-than sign", 'const x = a < b; type X = Map<"`", Set<string>>; import "y";'],
    ["a regular expression after a statement in brackets", 'if (x) /"/.test(y); import "y";'],
  ])("is not led astray by %s", (_, text) => {
    expect(specifiers(text)).toEqual(["runtime y"]);
  });

  test("names the line", () => {
    const text = '/*\n*/\nconst x = `\n${1}\n`;\nimport {\n  y,\n} from "y";\nimport "z";';
    expect(parseImports(text).map(({ line }) => line)).toEqual([8, 9]);
  });

  test("names the line after letters outside of ASCII, and of a type inside of a type", () => {
    const text = 'const x = "é😀";\r\ntype X = import("x").X<\n  import("y").Y\n>;\nexport * from\n"z";';
    expect(parseImports(text).map(({ line }) => line)).toEqual([2, 3, 6]);
  });

  test("takes the language from the ending of the path", () => {
    expect(parseImports('import x from "x"; export const y = <p>{x}</p>;', "y.tsx")).toHaveLength(1);
    expect(parseImports('import x from "x"; export const y = <T>x;', "y.ts")).toHaveLength(1);
    expect(parseImports('import x from "x"; export default x;', "y.mjs")).toHaveLength(1);
  });

  test("says where it does not understand a module", () => {
    expect(() => parseImports('import "x";\nconst = 1;', "src/a.ts")).toThrow(
      /^Cannot tell what src\/a\.ts imports: line 2: /,
    );
  });

  test("agrees with a line-wise look at the files of this folder", () => {
    const folder = new URL("./", import.meta.url);
    for (const name of readdirSync(folder).filter((file) => !file.endsWith(".test.ts"))) {
      const text = readFileSync(new URL(name, folder), "utf8");
      const lines = text
        .split("\n")
        .flatMap((line) => /^(?:import|export|\}) .*from "([^"]+)";$/.exec(line)?.[1] ?? []);
      expect([name, parseImports(text).map(({ specifier }) => specifier)]).toEqual([name, lines]);
    }
  });
});
