import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFromSchema } from "./make-from-schema.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });
// Of a CommonJS module, each runtime gives out something else.
(typeof addFormats === "function" ? addFormats : (addFormats as { default: typeof addFormats.default }).default)(ajv);

/** What a validator has against the value that is made. */
const errorsOf = (schema: object, options?: Parameters<typeof makeFromSchema>[1]): unknown => {
  const value = makeFromSchema(schema, options);
  return ajv.validate(schema, value) ? [] : [value, ajv.errorsText()];
};

const SCHEMAS: Readonly<Record<string, object>> = {
  "no keyword": {},
  "an object without properties": { type: "object" },
  "required properties of each type": {
    type: "object",
    properties: {
      text: { type: "string" },
      whole: { type: "integer" },
      number: { type: "number" },
      flag: { type: "boolean" },
      nothing: { type: "null" },
      list: { type: "array", items: { type: "string" }, minItems: 2 },
      nested: { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false },
    },
    required: ["text", "whole", "number", "flag", "nothing", "list", "nested"],
    additionalProperties: false,
  },
  "a required property that is not described": { type: "object", required: ["a"] },
  "a required property of additionalProperties": {
    type: "object",
    required: ["a"],
    additionalProperties: { type: "integer" },
  },
  "properties called as those of every object": {
    type: "object",
    properties: { toString: { type: "boolean" }, valueOf: { type: "integer" }, constructor: { enum: [{}] } },
    required: ["toString", "valueOf", "constructor"],
    additionalProperties: false,
  },
  "a property called __proto__": JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"}},"required":["__proto__"]}',
  ) as object,
  minProperties: { type: "object", properties: { a: { type: "integer" } }, minProperties: 3 },
  const: { const: { a: [1] } },
  enum: { enum: ["celsius", "fahrenheit"] },
  "an enumeration of the wrong type first": { type: "integer", enum: ["a", 3] },
  "a default": { type: "string", default: "here" },
  "a default that does not fit": { type: "string", minLength: 9, default: "short" },
  examples: { type: "integer", examples: ["no", 7] },
  "bounds of a number": { type: "number", minimum: 2.5, maximum: 2.75 },
  "exclusive bounds": { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
  "negative bounds": { type: "integer", maximum: -5 },
  "exclusive bounds of a whole number": { type: "integer", exclusiveMinimum: 4, exclusiveMaximum: 6 },
  multipleOf: { type: "integer", multipleOf: 7, minimum: 8 },
  "a multiple that is a fraction": { type: "number", multipleOf: 0.01, minimum: 0.5 },
  "lengths of a text": { type: "string", minLength: 20, maxLength: 22 },
  "a text that must be short": { type: "string", maxLength: 2 },
  "a list of distinct texts": { type: "array", items: { type: "string" }, minItems: 3, uniqueItems: true },
  "a list of distinct members": { type: "array", items: { enum: ["a", "b", "c"] }, minItems: 3, uniqueItems: true },
  "a tuple": { type: "array", prefixItems: [{ type: "string" }, { type: "integer" }], items: false, minItems: 2 },
  "several types": { type: ["null", "integer"] },
  "anyOf with null": { anyOf: [{ type: "null" }, { type: "string", minLength: 3 }] },
  "oneOf of objects": {
    oneOf: [
      { type: "object", properties: { kind: { const: "a" }, a: { type: "integer" } }, required: ["kind", "a"] },
      { type: "object", properties: { kind: { const: "b" } }, required: ["kind"] },
    ],
  },
  "anyOf that only requires": {
    type: "object",
    properties: { a: { type: "integer" }, b: { type: "string" } },
    anyOf: [{ required: ["a"] }, { required: ["b"] }],
  },
  allOf: {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { properties: { a: { minLength: 12 }, b: { type: "boolean" } }, required: ["b"] },
    ],
  },
  "a reference": {
    $defs: { "a/b": { type: "string", format: "uuid" } },
    type: "object",
    properties: { id: { $ref: "#/$defs/a~1b" } },
    required: ["id"],
  },
  "a reference into alternatives": {
    $defs: { Leaf: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] } },
    anyOf: [{ $ref: "#/$defs/Leaf" }],
  },
  "a schema that holds itself": {
    type: "object",
    properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#" } } },
    required: ["name", "children"],
  },
  ...Object.fromEntries(
    [
      "date",
      "date-time",
      "duration",
      "email",
      "hostname",
      "ipv4",
      "ipv6",
      "regex",
      "time",
      "uri",
      "uri-reference",
      "uuid",
    ].map((format) => [`the format ${format}`, { type: "string", format }]),
  ),
  ...Object.fromEntries(
    [
      "^[a-z]+$",
      "^\\d{4}-\\d{2}-\\d{2}$",
      "^(?:red|green)$",
      "^[^a]+$",
      "^wrkspc_[0-9A-Za-z]{4,}$",
      "^\\+?[1-9]\\d{1,14}$",
      "^(?<year>\\d{4})(?:-(\\d\\d))?$",
      "^\\w+@\\w+\\.com$",
      "^[A-Z]{2,3}\\u002d[\\d.]*x?$",
      "^.{3,}$",
      "a|b",
    ].map((pattern) => [`the pattern ${pattern}`, { type: "string", pattern }]),
  ),
  "a pattern and a length": { type: "string", pattern: "^[a-z]+-[a-z]+$", minLength: 30 },
};

describe("makeFromSchema() makes what a validator accepts of", () => {
  test.each(Object.entries(SCHEMAS))("%s", (_, schema) => {
    expect(errorsOf(schema)).toEqual([]);
    expect(errorsOf(schema, { userText: "What is the weather in Paris?" })).toEqual([]);
  });

  test("schemas as they come", () => {
    const bounds = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9));
    const { schema } = fc.letrec<{ schema: object }>((tie) => ({
      schema: fc.oneof(
        { depthSize: "small" },
        fc.constant({ type: "boolean" }),
        fc
          .uniqueArray(fc.jsonValue(), { minLength: 1, selector: (value) => JSON.stringify(value) })
          .map((members) => ({ enum: members })),
        bounds.map(([least, more]) => ({ type: "integer", minimum: least, maximum: least + more })),
        bounds.map(([least, more]) => ({ type: "number", exclusiveMinimum: least, maximum: least + more + 1 })),
        fc
          .tuple(fc.nat(20), fc.nat(20))
          .map(([least, more]) => ({ type: "string", minLength: least, maxLength: least + more })),
        fc
          .tuple(tie("schema"), fc.nat(3), fc.nat(3))
          .map(([items, least, more]) => ({ type: "array", items, minItems: least, maxItems: least + more })),
        fc
          // Not `toString`, which stands above: comparing an object that has its own with an enum, the validator throws.
          .dictionary(fc.constantFrom("a", "query", "path", "ключ", "hasOwnProperty", "constructor"), tie("schema"))
          .chain((properties) =>
            fc.subarray(Object.keys(properties)).map((required) => ({
              type: "object",
              properties,
              required,
              additionalProperties: false,
            })),
          ),
        fc.tuple(tie("schema"), tie("schema")).map((anyOf) => ({ anyOf })),
      ),
    }));
    fc.assert(
      fc.property(schema, (given) => {
        expect(errorsOf(given)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("makeFromSchema()", () => {
  const object = {
    type: "object",
    properties: { command: { type: "string" }, timeout: { type: "integer" }, query: { type: "string" } },
    required: ["command", "query"],
  };

  test("leaves out what is not required", () => {
    expect(Object.keys(makeFromSchema(object) as object)).toEqual(["command", "query"]);
  });

  test("takes preferred values where the schema has them and they fit", () => {
    const preferred = { command: "ls", timeout: "soon", unknown: 1 };

    expect(makeFromSchema(object, { preferred })).toEqual({ command: "ls", query: "example", timeout: 1 });
  });

  test("takes the user's text for a query", () => {
    expect(makeFromSchema(object, { userText: "Why?" })).toMatchObject({ query: "Why?" });
  });

  test("ends where a schema does not", () => {
    const endless = { type: "object", properties: { a: { $ref: "#" }, b: { $ref: "#" } }, required: ["a", "b"] };

    expect(JSON.stringify(makeFromSchema(endless)).length).toBeLessThan(20_000);
    expect(makeFromSchema({ $ref: "#" })).toBe("example");
    expect(makeFromSchema({ type: "array", minItems: 1e9, items: { type: "integer" } })).toHaveLength(999);
    expect((makeFromSchema({ type: "string", minLength: 1e9 }) as string).length).toBe(10_000);
  });

  test.each(["^(?=a)b", "(a)\\1", "(", "[", "a**", "\\p{L}", "(a{9999}){9999}"])(
    "gives up the pattern %s",
    (pattern) => {
      expect(makeFromSchema({ type: "string", pattern })).toBe("example");
    },
  );
});
