import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, dictionary, json, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { findPaths, preparePaths } from "./find-paths.ts";

const PATHS = preparePaths([["model"], ["tools", "*", "type"], ["output_config", "task_budget"]]);

const found = (text: string): readonly (readonly [string, unknown])[] => {
  const body = new TextEncoder().encode(text);
  const valueOf = (start: number, end: number): unknown =>
    JSON.parse(new TextDecoder().decode(body.subarray(start, end)));
  return findPaths(body, PATHS).found.map(({ name, valueStart, valueEnd }) => [name, valueOf(valueStart, valueEnd)]);
};

/** The same, of the parsed value. */
function expected(value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([name, member]): (readonly [string, unknown])[] => {
    if (name === "model") return [[name, member]];
    if (name === "tools" && Array.isArray(member)) {
      return member.flatMap((tool, at) =>
        typeof tool === "object" && tool !== null && !Array.isArray(tool) && "type" in tool
          ? [[`tools.${at}.type`, tool.type] as const]
          : [],
      );
    }
    const isConfig =
      name === "output_config" && typeof member === "object" && member !== null && !Array.isArray(member);
    return isConfig && "task_budget" in member ? [["output_config.task_budget", member.task_budget]] : [];
  });
}

test("findPaths() finds what JSON.parse() finds there", () => {
  const keys = constantFrom("model", "Model", "tools", "type", "output_config", "task_budget", "*", "é", "x");
  const leaf = json().map((text): unknown => JSON.parse(text));
  const object = dictionary(keys, leaf, { maxKeys: 4 });
  const bodies = tuple(
    object,
    dictionary(keys, tuple(object, object), { maxKeys: 3 }),
    dictionary(keys, object, { maxKeys: 3 }),
  );
  const agrees = property(bodies, constantFrom(0, 1), ([first, second, third], indent) => {
    const value = { ...first, ...second, ...third };
    expect(found(JSON.stringify(value, null, indent))).toEqual(expected(JSON.parse(JSON.stringify(value))));
  });
  assert(agrees, soakProperty(50_000, 1000));
});

test("findPaths() reads names that are escaped, and takes none for another", () => {
  expect(found('{"mod\\u0065l":1,"\\u006dodel ":2,"modem":3,"tools":[{"t\\u0079pe":4}]}')).toEqual([
    ["model", 1],
    ["tools.0.type", 4],
  ]);
});
