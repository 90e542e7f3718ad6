import { findDuplicateKey } from "@claude-on-aws/auth/iam";
import { isObject, nearestName, redactText } from "@claude-on-aws/endpoints";
import { MAX_JSON_DEPTH, nestsDeeper } from "../text/nests-deeper.ts";
import { MAX_DELAY_MS } from "./max-delay.ts";
import { FakeError } from "./fake-error.ts";

/** A schema of JSON, as far as readers describe themselves. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Checks a value, and says where it does not fit. */
export interface Reader {
  (value: unknown, path: string): void;
  /** Describes what it takes; absent where nobody publishes that. */
  readonly schema?: JsonSchema;
}

/**
 * Makes a reader that says what it takes.
 *
 * @param schema What it takes; it may take less.
 * @param check Refuses what does not fit.
 * @returns The reader.
 */
export const withSchema = (schema: JsonSchema, check: (value: unknown, path: string) => void): Reader =>
  Object.assign((value: unknown, path: string) => check(value, path), { schema });

/**
 * Says what a value is for.
 *
 * @returns A reader of the same, with the words in its schema.
 */
export const described = (description: string, reader: Reader): Reader =>
  withSchema({ ...reader.schema, description }, reader);

const schemaOf = ({ schema = {} }: Reader): JsonSchema => schema;

/** How much of a value is shown in a message, in characters. */
const MAX_SHOWN = 60;

/** A file may hold keys, such as in a header that a row sends or looks for: of those, nothing is shown. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = redactText(asJson(value) ?? `a value of the type ${typeof value}`);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** In code a value may be none of JSON: a function, a bigint, what holds itself. */
function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/**
 * Refuses a value.
 *
 * @throws {FakeError} `SCENARIO_VALUE`, always.
 */
export function refuse(value: unknown, path: string, expected: string, fix: string): never {
  throw new FakeError("SCENARIO_VALUE", { path, found: show(value), expected, fix });
}

/**
 * Refuses JSON text that nests deeper than whoever walks it gets.
 *
 * @param code The code of a text that is no JSON.
 * @throws {FakeError} With that code, where it does.
 */
export function refuseDepth(json: string, code: "CONFIGURATION_JSON" | "SCENARIO_JSON"): void {
  if (!nestsDeeper(json)) return;
  throw new FakeError(code, {
    path: "",
    found: `more than ${MAX_JSON_DEPTH} objects and arrays in each other`,
    expected: `at most ${MAX_JSON_DEPTH}`,
    fix: "nest it less deep",
  });
}

/**
 * Refuses JSON text in which an object has a key twice: `JSON.parse` keeps the last.
 *
 * @throws {FakeError} `SCENARIO_KEY` where one has.
 */
export function refuseDuplicateKey(json: string): void {
  const path = findDuplicateKey(json)?.replace(/^\$\.?/, "");
  if (path === undefined) return;
  const fix = "put what both say into one, or leave one of them out";
  throw new FakeError("SCENARIO_KEY", {
    path,
    found: "the same key for the second time",
    expected: "it once",
    fix,
  });
}

/**
 * Reads a text.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where the value is not one.
 */
export const text: Reader = withSchema({ type: "string" }, (value, path) => {
  if (typeof value !== "string") refuse(value, path, "a text", "put it in quotes");
});

/**
 * Reads `true` or `false`.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where the value is neither.
 */
export const flag: Reader = withSchema({ type: "boolean" }, (value, path) => {
  if (typeof value !== "boolean") refuse(value, path, "true or false", "write it without quotes");
});

/**
 * Makes a reader of whole numbers.
 *
 * @returns Refuses everything else, and what is less than `least`.
 */
export const wholeNumber = (least: number): Reader =>
  withSchema({ type: "integer", minimum: least }, (value, path) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      refuse(value, path, `a whole number from ${least}`, "write it without quotes and without a fraction");
    }
  });

/**
 * Makes a reader of numbers.
 *
 * @returns Refuses everything else, and what is less than `least` or more than `most`.
 */
export const numberFrom = (least: number, most: number): Reader =>
  withSchema({ type: "number", minimum: least, maximum: most }, (value, path) => {
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      refuse(value, path, `a number from ${least} to ${most}`, "write it without quotes");
    }
  });

/**
 * Reads a time, or a number of seconds.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where the value is not one, or is longer than a timer waits.
 */
export const duration: Reader = withSchema({ type: "number", minimum: 0, maximum: MAX_DELAY_MS }, (value, path) => {
  if (typeof value !== "number" || !(value >= 0)) refuse(value, path, "a number from 0", "write it without quotes");
  if (value > MAX_DELAY_MS) refuse(value, path, `at most ${MAX_DELAY_MS}`, "no timer waits longer");
});

/**
 * Reads any object.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where the value is not one.
 */
export const anyObject: Reader = withSchema({ type: "object" }, (value, path) => {
  if (!isObject(value)) refuse(value, path, "an object", "put it in braces");
});

/**
 * Reads a function, which code alone can give.
 *
 * @throws {FakeError} `SCENARIO_VALUE` where the value is not one.
 */
export const aFunction: Reader = (value, path) => {
  if (typeof value !== "function") refuse(value, path, "a function", "write (request) => …");
};

/** Reads whatever JSON can say. */
export const anything: Reader = withSchema({}, () => undefined);

/**
 * Makes a reader of one of some names.
 *
 * @returns Refuses everything else, and names what was probably meant.
 */
export const oneOf = (names: readonly string[]): Reader =>
  withSchema({ enum: names }, (value, path) => {
    if (names.includes(value as string)) return;
    const near = typeof value === "string" ? nearest(value, names) : undefined;
    refuse(value, path, `one of ${names.join(", ")}`, near === undefined ? "use one of them" : `did you mean ${near}?`);
  });

/**
 * Makes a reader of an array, of any length or with at least so many items.
 *
 * @returns Refuses everything else, and what `reader` refuses of an item.
 */
export const listOf = (reader: Reader, least = 0): Reader =>
  withSchema({ type: "array", items: schemaOf(reader), ...(least > 0 && { minItems: least }) }, (value, path) => {
    if (!Array.isArray(value) || value.length < least) {
      refuse(value, path, least > 0 ? "an array that is not empty" : "an array", "put what it holds in brackets");
    }
    for (const [index, item] of value.entries()) reader(item, `${path}[${index}]`);
  });

/**
 * Makes a reader of one thing, or of a list of such things that is not empty.
 *
 * @returns Refuses everything else, and what `reader` refuses.
 */
export const oneOrMore = (reader: Reader): Reader => {
  const list = listOf(reader, 1);
  return either([[Array.isArray, list]], reader);
};

/**
 * Makes a reader of several forms.
 *
 * @param forms Readers, each with what tells its form.
 * @param other Reads what is of none of them.
 * @returns Refuses what the reader of its form refuses.
 */
export const either = (
  forms: readonly (readonly [isOfForm: (value: unknown) => boolean, reader: Reader])[],
  other: Reader,
): Reader =>
  withSchema({ anyOf: [...forms.map(([, reader]) => schemaOf(reader)), schemaOf(other)] }, (value, path) => {
    const found = forms.find(([isOfForm]) => isOfForm(value));
    (found?.[1] ?? other)(value, path);
  });

/**
 * Makes a reader of an object whose values are all alike.
 *
 * @returns Refuses everything else, and what `reader` refuses of a value.
 */
export const mapOf = (reader: Reader): Reader =>
  withSchema({ type: "object", additionalProperties: schemaOf(reader) }, (value, path) => {
    anyObject(value, path);
    for (const [key, item] of Object.entries(value as object)) reader(item, join(path, key));
  });

/**
 * Makes a reader of an object with these keys and no others.
 *
 * @returns Refuses everything else with `SCENARIO_VALUE`, a key that is unknown or missing with `SCENARIO_KEY`.
 */
export const objectOf = (keys: Readonly<Record<string, Reader>>, required: readonly string[] = []): Reader =>
  withSchema(objectSchema(keys, required), (value, path) => {
    needObject(value, path, Object.keys(keys)[0]);
    // In code what is undefined is left out.
    const given = definedOf(value);
    for (const key of Object.keys(given)) if (!Object.hasOwn(keys, key)) refuseKey(key, path, Object.keys(keys));
    for (const key of required) {
      if (given[key] === undefined) {
        const missing = { found: `no ${key}`, expected: `the key ${key}`, fix: "add it" };
        throw new FakeError("SCENARIO_KEY", { path, ...missing });
      }
    }
    for (const [key, item] of Object.entries(given)) keys[key]?.(item, join(path, key));
  });

const objectSchema = (keys: Readonly<Record<string, Reader>>, required: readonly string[]): JsonSchema => ({
  type: "object",
  additionalProperties: false,
  ...(required.length > 0 && { required }),
  properties: Object.fromEntries(Object.entries(keys).map(([key, reader]) => [key, schemaOf(reader)])),
});

/**
 * Leaves out of an object what is undefined.
 *
 * @returns The rest.
 */
export const definedOf = (value: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

/**
 * Refuses what is no object.
 *
 * @param key The key that was meant by whoever wrote a text in the place of the object.
 * @throws {FakeError} `SCENARIO_VALUE` where it is none.
 */
export function needObject(value: unknown, path: string, key: string | undefined): asserts value is object {
  if (isObject(value)) return;
  const meant = typeof value === "string" ? show(value) : "…";
  refuse(value, path, "an object", key === undefined ? "put it in braces" : `write { ${show(key)}: ${meant} }`);
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

function refuseKey(key: string, path: string, known: readonly string[]): never {
  const near = nearest(key, known);
  throw new FakeError("SCENARIO_KEY", {
    path,
    found: `the key ${show(key)}`,
    expected: known.length === 0 ? "no key" : `no other keys than ${known.join(", ")}`,
    fix: near === undefined ? "remove it" : `did you mean ${near}?`,
  });
}

/** The name that was meant, where one is near enough: one that begins so, or of which few letters differ. */
const nearest = (given: string, names: readonly string[]): string | undefined =>
  (given.length > 2 ? names.find((name) => name.startsWith(given)) : undefined) ?? nearestName(given, names);
