import { isObject } from "@claude-on-aws/endpoints";

/**
 * The top level of a JSON body: short scalars and lists of short strings as
 * they are, and what kind of value the others have. It stays small however
 * long the body is.
 */
export type BodyFields = ReadonlyMap<string, FieldValue>;

/** A value, or what is known of one that is not kept. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | { readonly kind: "object" | "text" }
  | { readonly kind: "list"; readonly length: number };

const MAX_FIELDS = 64;
const MAX_TEXT_LENGTH = 256;
const MAX_LIST_LENGTH = 64;

/**
 * Makes the summary of a body that was parsed.
 *
 * @returns At most 64 fields.
 */
export function summarizeFields(input: Readonly<Record<string, unknown>>): BodyFields {
  const fields = new Map<string, FieldValue>();
  for (const name in input) {
    if (fields.size === MAX_FIELDS) break;
    if (name.length <= MAX_TEXT_LENGTH) fields.set(name, summarize(input[name]));
  }
  return fields;
}

const isShortText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT_LENGTH;

function summarize(value: unknown): FieldValue {
  if (typeof value === "string") return isShortText(value) ? value : { kind: "text" };
  if (Array.isArray(value)) {
    const short = value.length <= MAX_LIST_LENGTH && value.every(isShortText);
    return short && value.length > 0 ? [...value] : { kind: "list", length: value.length };
  }
  if (isObject(value)) return { kind: "object" };
  return value as number | boolean | null;
}
