import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, json, jsonValue, property, string, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { type JsonShape, type KeptMembers, walkJson } from "./walk-json.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What an object of a shape keeps, as JSON. */
function keptOf(text: string, keep: readonly string[]): Record<string, unknown[]> | undefined {
  const body = bytes(text);
  let kept: KeptMembers | undefined;
  const isWhole = walkJson(body, { keep, done: (members) => (kept = members) });
  if (!isWhole || kept === undefined) return undefined;
  const parse = (start: number, end: number): unknown =>
    JSON.parse(new TextDecoder().decode(body.subarray(start, end))) as unknown;
  return Object.fromEntries(
    [...kept].map(([name, values]) => [name, values.map(({ start, end }) => parse(start, end))]),
  );
}

describe("walkJson()", () => {
  test("keeps what is asked for where JSON.parse() finds it", () => {
    const found = property(json(), json(), string(), (one, other, between) => {
      const text = ` { "a" :${one}, ${JSON.stringify(`x${between}`)}: ${JSON.stringify(between)} ,"\\u0062":${other}}\n`;
      const whole = JSON.parse(text) as Record<string, unknown>;
      expect(keptOf(text, ["a", "b"])).toEqual({ a: [whole["a"]], b: [whole["b"]] });
    });
    assert(found, soakProperty(100_000, 1_000));
  });

  test("finds the end of every string, with quotes and backslashes anywhere in it", () => {
    const unit = constantFrom("a", '"', "\\", "b".repeat(63), "é", "{", "\n");
    const found = property(string({ unit, maxLength: 40 }), (text) => {
      expect(keptOf(JSON.stringify({ a: text, b: 1 }), ["b"])).toEqual({ b: [1] });
    });
    assert(found, soakProperty(100_000, 2_000));
  });

  test("looks through lists, and into what is in another shape of its kind", () => {
    const starts: number[] = [];
    const inner: { into: Record<string, JsonShape>; done: JsonShape["done"] } = {
      into: {},
      done: (_, start) => starts.push(start),
    };
    inner.into["in"] = inner;
    expect(walkJson(bytes('{"list":[{"in":{}},[{}],"{}",{"out":{}}]}'), { into: { list: inner } })).toBe(true);
    expect(starts).toEqual([15, 9, 20, 29]);
  });

  test("keeps two values of a name, and goes no further where there are more", () => {
    expect(keptOf('{"a":1,"a":2}', ["a"])).toEqual({ a: [1, 2] });
    expect(keptOf('{"a":1,"a":2,"a":3}', ["a"])).toBeUndefined();
  });

  test("is not led astray by names that every object has", () => {
    const shape = { into: {}, keep: ["a"] };
    expect(walkJson(bytes('{"__proto__":{"a":1},"constructor":{"a":1},"toString":[{}]}'), shape)).toBe(true);
  });

  test.each([
    "",
    "[]",
    '{"a"}',
    '{"a":}',
    '{"a":1',
    '{"a":1}x',
    '{"a":"',
    '{"a":"\\"}',
    '{"\\u00":1}',
    "{'a':1}",
    '{"a":[1}',
  ])("says of %s that it is no JSON", (text) => {
    expect(walkJson(bytes(text), { keep: ["a"], into: { a: {} } })).toBe(false);
  });

  test("ends where shapes are nested too deeply, and passes over any depth of what has none", () => {
    const shape: { into: Record<string, JsonShape> } = { into: {} };
    shape.into["a"] = shape;
    expect(walkJson(bytes(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), shape)).toBe(false);
    expect(walkJson(bytes(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), shape)).toBe(false);
    expect(walkJson(bytes(`{"b":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`), shape)).toBe(true);
  });

  test("throws for nothing", () => {
    const shape: { into: Record<string, JsonShape>; keep: string[] } = { into: {}, keep: ["a"] };
    shape.into["a"] = shape;
    const unit = constantFrom("{", "}", '"', "\\", ",", ":", "[", "]", "a", " ", "1");
    const either = property(string({ unit }), uint8Array(), jsonValue(), (text, any, value) => {
      for (const body of [bytes(`{${text}`), any, bytes(JSON.stringify({ a: value }))]) walkJson(body, shape);
    });
    assert(either, soakProperty(100_000, 2_000));
  });
});
