type Schema = Readonly<Record<string, unknown>>;

const nested = (n: number, before: string, inside: string, after: string): string =>
  before.repeat(n) + inside + after.repeat(n);
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, at) => make(at));
const table = (entries: readonly (readonly [string, unknown])[]): Schema => Object.fromEntries(entries);
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const withDefinitions = (schema: Schema, definitions: readonly (readonly [string, unknown])[]): Schema => ({
  ...schema,
  $defs: table(definitions),
});

const SCHEMAS: Readonly<Record<string, (n: number) => Schema>> = {
  "levels that double by allOf": (n) =>
    withDefinitions(
      ref(`x${n}`),
      times(n + 1, (at) => [
        `x${at}`,
        at === 0 ? { type: "string" } : { allOf: [ref(`x${at - 1}`), ref(`x${at - 1}`)] },
      ]),
    ),
  "levels that double what is required": (n) =>
    withDefinitions(
      { ...ref(`x${n}`) },
      times(n + 1, (at) => [
        `x${at}`,
        at === 0
          ? { type: "object", properties: { a: { type: "string" } }, required: ["a"] }
          : {
              allOf: [ref(`x${at - 1}`), { properties: { a: { minLength: at } }, required: ["a"] }, ref(`x${at - 1}`)],
            },
      ]),
    ),
  "a chain of references by allOf": (n) =>
    withDefinitions(
      ref("x0"),
      times(n + 1, (at) => [`x${at}`, at === n ? { type: "string" } : { allOf: [ref(`x${at + 1}`)] }]),
    ),
  "allOf of itself": (n) => withDefinitions(ref("x"), [["x", { allOf: times(n, () => ref("x")) }]]),
  "many parts": (n) => ({ allOf: times(n, (at) => ({ properties: table([[`p${at}`, { type: "string" }]]) })) }),
  "many parts that require": (n) => ({ type: "object", allOf: times(n, (at) => ({ required: [`p${at}`] })) }),
  "many alternatives": (n) => ({ anyOf: times(n, () => ({ type: "null" })) }),
  "a wide object": (n) => ({
    type: "object",
    properties: table(times(n, (at) => [`p${at}`, { type: "string" }])),
    required: times(n, (at) => `p${at}`),
  }),
  "a wide object a thousand times": (n) => ({
    type: "array",
    minItems: 1_000,
    items: { type: "object", properties: table(times(n, (at) => [`p${at}`, {}])), minProperties: 1 },
  }),
  "a long text a thousand times": (n) => ({ type: "array", minItems: 1_000, items: { const: "a".repeat(64 * n) } }),
  "many values of which none fits": (n) => ({ type: "string", minLength: 9, enum: times(n, (at) => `v${at}`) }),
  "examples of which none is a value": (n) => ({
    enum: times(n, (at) => ({ at })),
    examples: times(n, (at) => ({ at: -1 - at })),
    type: "array",
  }),
  "objects of which none is another": (n) => ({
    type: "object",
    required: ["b"],
    enum: times(n, (at) => ({ at })),
    default: { b: 1 },
  }),
  "items of which none is another": (n) => ({
    type: "array",
    minItems: n,
    uniqueItems: true,
    items: { enum: times(n, String) },
  }),
  "a pattern of groups in groups": (n) => ({
    type: "string",
    minLength: 9_999,
    pattern: "(".repeat(n) + "a" + "+)".repeat(n),
  }),
  "a pattern that repeats much": (n) => ({ type: "string", pattern: "a{10000}".repeat(n) }),
  "a long class": (n) => ({ type: "string", pattern: `[^${"b-z".repeat(n)}]` }),
};

/**
 * Schemas that are short, or grow slowly, and for which a walk that does not look out takes for ever, runs out of stack, or
 * makes a value that fills the memory; by what grows with `n` in them.
 */
export const HOSTILE_SCHEMAS: Readonly<Record<string, (n: number) => string>> = {
  ...Object.fromEntries(Object.entries(SCHEMAS).map(([name, make]) => [name, (n) => JSON.stringify(make(n))])),
  // `JSON.stringify` runs out of stack too.
  "a deep constant": (n) => `{"const":${"[".repeat(n)}${"]".repeat(n)}}`,
  "a deep default": (n) => `{"default":${'{"a":'.repeat(n)}1${"}".repeat(n)}}`,
  "objects in objects": (n) =>
    nested(n, '{"type":"object","required":["a"],"properties":{"a":', '{"type":"string"}', "}}"),
  "arrays in arrays": (n) => nested(n, '{"type":"array","minItems":3,"items":', '{"type":"string"}', "}"),
};
