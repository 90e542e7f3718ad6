import { describe, expect, test } from "vitest";
import { isJsonSchema } from "./is-json-schema.ts";

/** A schema in which each of so many is inside of the one before. */
function chain(length: number, innermost: object): object {
  let schema = innermost;
  for (let depth = 0; depth < length; depth++) schema = { items: schema };
  return schema;
}

describe("isJsonSchema()", () => {
  test("finds what is wrong at any depth that a tool has, and stops behind it", () => {
    const wrong = { required: ["a", "a"] };

    expect(isJsonSchema(chain(60, wrong) as Record<string, unknown>)).toBe(false);
    expect(isJsonSchema(chain(60, { required: ["a"] }) as Record<string, unknown>)).toBe(true);
    expect(isJsonSchema(chain(100_000, wrong) as Record<string, unknown>)).toBe(true);
  });

  test("goes through no more than so many schemas, however many there are", () => {
    const asked: string[] = [];
    const counted = new Proxy({}, { get: (_, key) => void asked.push(String(key)), has: () => false });
    const properties = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`p${index}`, counted]));

    expect(isJsonSchema({ type: "object", properties })).toBe(true);
    expect(asked.filter((key) => key === "$ref")).toHaveLength(19_999);
  });

  test("follows references that go round only once", () => {
    expect(isJsonSchema({ properties: { a: { $ref: "#/properties/b" }, b: { $ref: "#/properties/a" } } })).toBe(true);
    expect(isJsonSchema({ $ref: "#" })).toBe(true);
    expect(isJsonSchema({ $ref: "#/%" })).toBe(false);
    expect(isJsonSchema({ $ref: `#/${"a/".repeat(100_000)}` })).toBe(true);
  });

  test("takes null at the top alone, where clients send it", () => {
    expect(isJsonSchema({ type: "object", properties: null, required: null })).toBe(true);
    expect(isJsonSchema({ properties: { a: { properties: null } } })).toBe(false);
    expect(isJsonSchema({ type: null })).toBe(false);
  });

  test("takes names of every object as names of properties", () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{}}}') as object;

    expect(isJsonSchema(schema as Record<string, unknown>)).toBe(true);
    expect(isJsonSchema({ $ref: "#/constructor" })).toBe(false);
  });
});
