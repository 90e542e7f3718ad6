import { isObject } from "@claude-on-aws/endpoints";

type JsonObject = Readonly<Record<string, unknown>>;

/** Bounds of the walk through a stranger's schema: what lies behind them is taken as it is. */
const MAX_SCHEMA_DEPTH = 64;
const MAX_SCHEMA_STEPS = 20_000;

const TYPES: ReadonlySet<unknown> = new Set(["array", "boolean", "integer", "null", "number", "object", "string"]);

const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isUnique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;
const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isText) && isUnique(value);
const isTypes = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every((type) => TYPES.has(type)) && isUnique(value)
    : TYPES.has(value);

/** What the values of keywords without schemas in them must be. */
const VALUES: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: isTypes,
  required: isTextList,
  enum: Array.isArray,
  title: isText,
  description: isText,
  pattern: isText,
  format: isText,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minProperties: isCount,
  maxProperties: isCount,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => typeof value === "number" && value > 0,
  uniqueItems: (value) => typeof value === "boolean",
};

const SCHEMAS = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
const SCHEMA_LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const SCHEMA_TABLES = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/** Values that clients send as null, as the types of @anthropic-ai/sdk 1.14.0 have them at the top of a schema. */
const NULLABLE_AT_TOP: ReadonlySet<string> = new Set(["properties", "required"]);

/**
 * Tells whether an object is a JSON schema of draft 2020-12, as far as its keywords go; unknown ones are passed over. A
 * reference into the same schema must lead somewhere.
 *
 * @param schema A stranger's, of any depth and size: the walk has bounds.
 * @returns `false` where a keyword has a value that it cannot have.
 * @see {@link https://json-schema.org/draft/2020-12 | Draft 2020-12}
 */
export function isJsonSchema(schema: JsonObject): boolean {
  const open: { readonly found: unknown; readonly depth: number }[] = [{ found: schema, depth: 0 }];
  for (let steps = 0; open.length > 0 && steps < MAX_SCHEMA_STEPS; steps++) {
    const { found, depth } = open.pop() as (typeof open)[number];
    if (typeof found === "boolean") continue;
    if (!isObject(found) || !hasGoodValues(found, depth === 0) || !leadsSomewhere(found["$ref"], schema)) return false;
    if (depth === MAX_SCHEMA_DEPTH) continue;
    for (const inside of schemasIn(found)) open.push({ found: inside, depth: depth + 1 });
  }
  return true;
}

function hasGoodValues(schema: JsonObject, isTop: boolean): boolean {
  const isGood = (keyword: string, test: (value: unknown) => boolean): boolean => {
    const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
    return value === undefined || test(value) || (value === null && isTop && NULLABLE_AT_TOP.has(keyword));
  };
  return (
    Object.keys(VALUES).every((keyword) => isGood(keyword, VALUES[keyword] as (value: unknown) => boolean)) &&
    SCHEMA_LISTS.every((keyword) => isGood(keyword, (value) => Array.isArray(value) && value.length > 0)) &&
    SCHEMA_TABLES.every((keyword) => isGood(keyword, isObject))
  );
}

/** The schemas right inside of one whose values are good. */
function schemasIn(schema: JsonObject): unknown[] {
  const own = (keyword: string): unknown[] => (Object.hasOwn(schema, keyword) ? [schema[keyword]] : []);
  return [
    ...SCHEMAS.flatMap(own).filter((value) => value !== undefined),
    ...SCHEMA_LISTS.flatMap(own).flat(),
    ...SCHEMA_TABLES.flatMap(own).flatMap((table) => (isObject(table) ? Object.values(table) : [])),
  ];
}

/** Most steps of a reference that is followed. */
const MAX_POINTER_STEPS = 64;

/** References to other documents, and to anchors, are not followed. */
function leadsSomewhere(reference: unknown, schema: JsonObject): boolean {
  if (reference === undefined) return true;
  if (typeof reference !== "string") return false;
  if (!reference.startsWith("#/")) return true;
  const steps = reference.slice(2).split("/", MAX_POINTER_STEPS + 1);
  if (steps.length > MAX_POINTER_STEPS) return true;
  let found: unknown = schema;
  for (const step of steps) {
    const name = decodeStep(step);
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return false;
    found = (found as JsonObject)[name];
  }
  return true;
}

function decodeStep(step: string): string {
  const unescaped = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(unescaped);
  } catch {
    return unescaped;
  }
}
