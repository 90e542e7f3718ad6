import { isObject, nearestName, redactText } from "@claude-on-aws/endpoints";
import { SettingsFault } from "./settings-fault.ts";

/** A schema of JSON, as far as readers describe themselves. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Checks a value, and describes what it takes. */
export interface Reader {
  readonly schema: JsonSchema;
  /** @throws {SettingsFault} where the value does not fit. */
  readonly check: (value: unknown, path: string) => void;
}

/** How much of a value is shown in a message, in characters. */
const MAX_SHOWN = 60;

/** A value may hold a key that somebody put in the wrong place. */
function show(value: unknown): string {
  const text = redactText(asJson(value));
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** What nests very deep cannot be written by every engine. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "a value that nests too deep";
  }
}

function refuse(value: unknown, path: string, expected: string, fix: string): never {
  throw new SettingsFault(path, show(value), expected, fix);
}

/** Says what a value is for, and which one holds where it is left out. */
export const described = (description: string, reader: Reader, fallback?: unknown): Reader => ({
  ...reader,
  schema: { ...reader.schema, description, ...(fallback !== undefined && { default: fallback }) },
});

/** Reads a text of a form, which its `expected` names. */
export const textOf = (form: RegExp, expected: string, fix: string): Reader => ({
  schema: { type: "string", pattern: form.source },
  check: (value, path) => {
    if (typeof value !== "string" || !form.test(value)) refuse(value, path, expected, fix);
  },
});

/** Reads a text that is not empty. */
export const filledText: Reader = textOf(/[^\s]/u, "a text that is not empty", "write it in quotes");

/** Reads any text. */
export const anyText: Reader = {
  schema: { type: "string" },
  check: (value, path) => {
    if (typeof value !== "string") refuse(value, path, "a text", "write it in quotes");
  },
};

/** Reads `true` or `false`. */
export const flag: Reader = {
  schema: { type: "boolean" },
  check: (value, path) => {
    if (typeof value !== "boolean") refuse(value, path, "true or false", "write it without quotes");
  },
};

/** Reads a whole number between two others. */
export const wholeNumber = (least: number, most: number): Reader => ({
  schema: { type: "integer", minimum: least, maximum: most },
  check: (value, path) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
    refuse(value, path, `a whole number from ${least} to ${most}`, "write it without quotes and without a fraction");
  },
});

/** Reads a number above 0. */
export const positiveNumber = (most: number): Reader => ({
  schema: { type: "number", exclusiveMinimum: 0, maximum: most },
  check: (value, path) => {
    if (typeof value === "number" && value > 0 && value <= most) return;
    refuse(value, path, `a number above 0 and at most ${most}`, "write it without quotes");
  },
});

/** Reads one of some words. */
export const oneOf = (names: readonly string[]): Reader => ({
  schema: { enum: names },
  check: (value, path) => {
    if (names.includes(value as string)) return;
    const near = typeof value === "string" ? nearestName(value, names) : undefined;
    refuse(value, path, `one of ${names.join(", ")}`, near === undefined ? "use one of them" : `did you mean ${near}?`);
  },
});

/** Reads `null`, or what another reader takes. */
export const orNull = (reader: Reader): Reader => ({
  schema: { anyOf: [{ type: "null" }, reader.schema] },
  check: (value, path) => {
    if (value !== null) reader.check(value, path);
  },
});

/** Reads an object as one reader does, and everything else as another. */
export const objectOr = (asObject: Reader, other: Reader): Reader => ({
  schema: { anyOf: [other.schema, asObject.schema] },
  check: (value, path) => (isObject(value) ? asObject : other).check(value, path),
});

/** Reads an array with at least so many items. */
export const listOf = (reader: Reader, least = 0): Reader => ({
  schema: { type: "array", items: reader.schema, ...(least > 0 && { minItems: least }) },
  check: (value, path) => {
    if (!Array.isArray(value) || value.length < least) {
      refuse(value, path, least > 0 ? "an array that is not empty" : "an array", "put what it holds in brackets");
    }
    for (const [index, item] of value.entries()) reader.check(item, `${path}[${index}]`);
  },
});

/** Reads an object whose values are all alike. */
export const mapOf = (reader: Reader): Reader => ({
  schema: { type: "object", additionalProperties: reader.schema },
  check: (value, path) => {
    if (!isObject(value)) refuse(value, path, "an object", "put what it holds in braces");
    for (const [key, item] of Object.entries(value)) reader.check(item, join(path, key));
  },
});

/** Reads an object with these keys and no others. */
export const objectOf = (keys: Readonly<Record<string, Reader>>, required: readonly string[] = []): Reader => ({
  schema: {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(Object.entries(keys).map(([key, { schema }]) => [key, schema])),
  },
  check: (value, path) => {
    if (!isObject(value)) refuse(value, path, "an object", "put what it holds in braces");
    for (const [key, item] of Object.entries(value)) {
      const reader = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (reader === undefined) refuseKey(key, path, Object.keys(keys));
      reader.check(item, join(path, key));
    }
    const missing = required.find((key) => !Object.hasOwn(value, key));
    if (missing !== undefined) throw new SettingsFault(path, `no ${missing}`, `the key ${missing}`, "add it");
  },
});

/** Reads an object with exactly one of these keys. */
export const oneKeyOf = (keys: Readonly<Record<string, Reader>>): Reader => {
  const all = objectOf(keys);
  return {
    schema: { ...all.schema, minProperties: 1, maxProperties: 1 },
    check: (value, path) => {
      all.check(value, path);
      if (Object.keys(value as object).length === 1) return;
      refuse(value, path, `one of the keys ${Object.keys(keys).join(", ")}`, "keep one");
    },
  };
};

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

function refuseKey(key: string, path: string, known: readonly string[]): never {
  const near = nearestName(key, known);
  const fix = near === undefined ? "remove it" : `did you mean ${near}?`;
  throw new SettingsFault(join(path, key), `the key ${show(key)}`, `no other keys than ${known.join(", ")}`, fix);
}
