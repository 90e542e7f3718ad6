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
    ['const x = await import("x");', ["runtime x"]],
    ["const x = await import(`x`);", ["runtime x"]],
    ['type X = typeof import("x");', ["type x"]],
    ["await import(name);", []],
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
  ])("is not led astray by %s", (_, text) => {
    expect(specifiers(text)).toEqual(["runtime y"]);
  });

  test("names the line", () => {
    const text = '/*\n*/\nconst x = `\n${1}\n`;\nimport {\n  y,\n} from "y";\nimport "z";';
    expect(parseImports(text).map(({ line }) => line)).toEqual([8, 9]);
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
