import { isObject } from "@claude-on-aws/endpoints";
import { exampleOfPattern } from "./example-of-pattern.ts";
import { FORMAT_EXAMPLES, NAMED_EXAMPLES, PLAIN_TEXT, USER_TEXT_NAMES } from "./example-values.ts";
import { makeNumber } from "./make-number.ts";
import { mergeSchemas, type Schema } from "./merge-schemas.ts";

/** Deeper than any tool nests. What a schema demands below that is left empty. */
const MAX_DEPTH = 12;
/** The most values that are made for one schema, and the longest text. */
const MAX_VALUES = 1_000;
const MAX_TEXT_LENGTH = 10_000;
/** How much of the user's text is used, in characters. */
const MAX_USER_TEXT_LENGTH = 80;

/** What goes into the values besides the schema. */
export interface MakeOptions {
  /** Values for properties of the outermost object, where they fit. */
  readonly preferred?: Readonly<Record<string, unknown>> | undefined;
  /** What the user said, for properties such as `query`. */
  readonly userText?: string | undefined;
}

/**
 * Makes a value that a JSON Schema accepts: constants, the first of an enumeration, defaults and examples where the schema
 * has them, otherwise the plainest value of the type; of an object what it requires. The same schema gives the same
 * value.
 *
 * Not looked at: `not`, `if`, `dependentRequired`, `contains`, `propertyNames`; expressions that look around or refer back;
 * references out of the schema.
 *
 * @param schema A schema of draft 7 or 2020-12.
 * @param options What else goes into the value.
 * @returns A value of JSON, never `undefined`.
 */
export function makeFromSchema(schema: unknown, options: MakeOptions = {}): unknown {
  return new ValueMaker(schema, options).make(schema, "", 0);
}

class ValueMaker {
  readonly #root: unknown;
  readonly #options: MakeOptions;
  #left = MAX_VALUES;

  constructor(root: unknown, options: MakeOptions) {
    this.#root = root;
    this.#options = options;
  }

  make(given: unknown, name: string, depth: number): unknown {
    const schema = mergeSchemas(given, this.#root);
    this.#left--;
    if ("const" in schema) return schema["const"];
    for (const value of offeredValues(schema, depth === 1 ? this.#options.preferred?.[name] : undefined)) {
      if (value !== undefined && satisfies(value, schema)) return value;
    }
    switch (typeOf(schema)) {
      case "object":
        return this.#object(schema, depth);
      case "array":
        return this.#array(schema, name, depth);
      case "integer":
      case "number":
        return makeNumber(schema);
      case "boolean":
        return false;
      case "null":
        return null;
      default:
        return this.#text(schema, name);
    }
  }

  #object(schema: Schema, depth: number): Record<string, unknown> {
    const properties = isObject(schema["properties"]) ? schema["properties"] : {};
    const names = new Set(Array.isArray(schema["required"]) ? schema["required"].map(String) : []);
    const least = Math.min(Number(schema["minProperties"] ?? 0), MAX_VALUES);
    const preferred = depth === 0 ? Object.keys(this.#options.preferred ?? {}) : [];
    for (const name of preferred) if (Object.hasOwn(properties, name)) names.add(name);
    for (const name of Object.keys(properties)) if (names.size < least) names.add(name);
    for (let count = 0; names.size < least; count++) names.add(`key${count}`);
    const value: Record<string, unknown> = {};
    for (const name of names) {
      if (depth >= MAX_DEPTH || this.#left <= 0) break;
      const own = Object.hasOwn(properties, name) ? properties[name] : schema["additionalProperties"];
      // Not assigned: the name may be `__proto__`.
      Object.defineProperty(value, name, {
        value: this.make(own, name, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return value;
  }

  #array(schema: Schema, name: string, depth: number): unknown[] {
    const prefix = tupleOf(schema);
    const rest = Array.isArray(schema["items"]) ? schema["additionalItems"] : schema["items"];
    const least = depth < MAX_DEPTH ? Math.min(Number(schema["minItems"] ?? 0), MAX_VALUES) : 0;
    const values: unknown[] = [];
    while (values.length < least && this.#left > 0) {
      const item = prefix[values.length] ?? rest;
      const value = this.make(item, name, depth + 1);
      values.push(schema["uniqueItems"] === true ? distinct(value, values, mergeSchemas(item, this.#root)) : value);
    }
    return values;
  }

  #text(schema: Schema, name: string): string {
    const least = Math.min(Number(schema["minLength"] ?? 0), MAX_TEXT_LENGTH);
    const most = Number(schema["maxLength"] ?? MAX_TEXT_LENGTH);
    const { pattern, format } = schema;
    const formatted = typeof format === "string" ? FORMAT_EXAMPLES[format] : undefined;
    if (formatted !== undefined) return formatted;
    const matching = typeof pattern === "string" ? exampleOfPattern(pattern, least) : undefined;
    if (matching !== undefined) return matching;
    const said = USER_TEXT_NAMES.includes(name)
      ? this.#options.userText?.slice(0, MAX_USER_TEXT_LENGTH).toWellFormed()
      : undefined;
    const text = said || (Object.hasOwn(NAMED_EXAMPLES, name) ? NAMED_EXAMPLES[name] : undefined) || PLAIN_TEXT;
    // Where half a letter would be left over.
    return text.padEnd(least, PLAIN_TEXT).slice(0, most).toWellFormed();
  }
}

const tupleOf = ({ prefixItems, items }: Schema): readonly unknown[] =>
  Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];

/** Values that the schema itself offers, or that are better than what would be made. */
const offeredValues = (schema: Schema, preferred: unknown): readonly unknown[] => [
  preferred,
  ...(Array.isArray(schema["enum"]) ? schema["enum"] : []),
  schema["default"],
  ...(Array.isArray(schema["examples"]) ? schema["examples"] : []),
];

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** Keywords that give a type away where none is stated. */
const TELLING: readonly (readonly [type: string, keywords: readonly string[]])[] = [
  ["object", ["properties", "required", "additionalProperties", "minProperties"]],
  ["array", ["items", "prefixItems", "minItems"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

function typeOf(schema: Schema): string {
  const { type } = schema;
  if (typeof type === "string") return type;
  if (Array.isArray(type)) return String(type.find((name) => name !== "null") ?? "null");
  return TELLING.find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0] ?? "string";
}

/** Whether a value that was offered fits, as far as can be told without running the schema's own expressions. */
function satisfies(value: unknown, schema: Schema): boolean {
  const { type } = schema;
  const types = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (types.length > 0 && !types.some((name) => TYPES[String(name)]?.(value) === true)) return false;
  if (Array.isArray(schema["enum"]) && !schema["enum"].some((member) => isSame(member, value))) return false;
  if (typeof value === "string") return isWithin([...value].length, schema["minLength"], schema["maxLength"]);
  if (typeof value === "number") return isWithin(value, schema["minimum"], schema["maximum"]);
  if (Array.isArray(value)) return isWithin(value.length, schema["minItems"], schema["maxItems"]);
  const { required } = schema;
  return !isObject(value) || !Array.isArray(required) || required.every((name) => Object.hasOwn(value, String(name)));
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));

const isWithin = (value: number, least: unknown, most: unknown): boolean =>
  !(typeof least === "number" && value < least) && !(typeof most === "number" && value > most);

/** Changes a value until none of the others is the same: the next of an enumeration, a higher number, a longer text. */
function distinct(value: unknown, others: readonly unknown[], schema: Schema): unknown {
  const isTaken = (candidate: unknown): boolean => others.some((other) => isSame(other, candidate));
  if (!isTaken(value)) return value;
  if (Array.isArray(schema["enum"])) return schema["enum"].find((member) => !isTaken(member)) ?? value;
  const step = typeof schema["multipleOf"] === "number" ? schema["multipleOf"] : 1;
  if (typeof value === "number") return value + step * others.length;
  return typeof value === "string" ? `${value}${others.length}` : value;
}
