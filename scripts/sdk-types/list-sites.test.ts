import { describe, expect, test } from "vitest";
import { listSites } from "./list-sites.ts";
import { parseDeclarations } from "./parse-declarations.ts";
import { TypeTable } from "./type-table.ts";

const FIRST = `
import * as Other from "./other.js";
export interface Base { max: number; /** Header param: not of the body. */ id?: string; more?: OtherAPI.More | null }
export interface Params extends Base { stream: false; blocks?: Array<Block>; map?: { [key: string]: unknown } }
export type Block = Text | Nested.Tool;
interface Text { type: 'text'; text: string; on?: boolean | undefined }
export declare namespace Nested {
  interface Tool { type: 'tool'; of: Size; inner?: Array<Block>; data?: Uint8Array; model?: 'a' | (string & {}) }
}
export type Size = (typeof Size)[keyof typeof Size];
export declare const Size: { readonly BIG: "big"; readonly SMALL: "small" };
`;
const SECOND = "export interface More { a?: string[]; b?: never } export interface Text { wrong: true }";

const table = new TypeTable(parseDeclarations(FIRST, "first.d.ts"), parseDeclarations(SECOND, "second.d.ts"));
const sites = listSites({
  table,
  root: "Params",
  base: { max: 1 },
  isSent: ({ comment, name }) => !comment.includes("Header param") && name !== "stream",
});

describe("listSites()", () => {
  test("has every field once, with each kind of value", () => {
    expect(sites.map(({ path }) => path)).toEqual([
      "blocks.*(text)",
      "blocks.*(tool)",
      "map",
      "max",
      "more",
      "more=null",
      "blocks.*(text).type=text",
      "blocks.*(text).text",
      "blocks.*(text).on",
      "blocks.*(tool).type=tool",
      "blocks.*(tool).of=big",
      "blocks.*(tool).of=small",
      "blocks.*(tool).inner.*(text)",
      "blocks.*(tool).inner.*(tool)",
      "blocks.*(tool).data",
      "blocks.*(tool).model=a",
      "blocks.*(tool).model",
      "more.a.*",
    ]);
  });

  test("puts it into a body that has what it needs besides, and little more", () => {
    const bodies = Object.fromEntries(sites.map(({ path, body }) => [path, body]));
    expect(bodies["blocks.*(tool).of=small"]).toEqual({ max: 1, blocks: [{ type: "tool", of: "small" }] });
    expect(bodies["blocks.*(tool).data"]).toEqual({ max: 1, blocks: [{ type: "tool", of: "big", data: "AA==" }] });
    expect(bodies["more.a.*"]).toEqual({ max: 1, more: { a: ["x"] } });
    expect(bodies["map"]).toEqual({ max: 1, map: {} });
  });
});

describe("parseDeclarations()", () => {
  test("says which file it cannot read", () => {
    expect(() => parseDeclarations("export interface {", "broken.d.ts")).toThrow(
      /Cannot read the types of broken\.d\.ts/,
    );
  });

  test("keeps the comment above a field, and no other", () => {
    const base = table.fields({ kind: "reference", name: "Base" }) ?? [];
    expect(base.map(({ name, comment }) => [name, comment.includes("Header param")])).toEqual([
      ["max", false],
      ["id", true],
      ["more", false],
    ]);
  });
});

test("TypeTable gives what it does not know as unknown", () => {
  expect(table.resolve({ kind: "reference", name: "Missing" })).toEqual({ kind: "unknown" });
});
