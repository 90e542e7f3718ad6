import { FetchError } from "../fetch-error.ts";
import type { BodyField, BodyFields } from "./body-fields.ts";
import { parsePart } from "./read-text.ts";
import { skipString as findStringEnd } from "./skip-string.ts";

type FieldName = Exclude<keyof BodyFields, "longStrings">;

/** How each field that decides is read: what JSON gave, or null where that is of another kind. */
const FIELDS: Readonly<Record<FieldName, (value: unknown) => unknown>> = {
  model: (value) => (typeof value === "string" ? value : null),
  stream: (value) => (typeof value === "boolean" ? value : null),
  max_tokens: (value) => (typeof value === "number" ? value : null),
};

const NAMES = /* @__PURE__ */ Object.keys(FIELDS) as readonly FieldName[];

/** The longest spelling of any of these names, each character written as `\uXXXX`, between its quotes. */
const LONGEST_KEY = /* @__PURE__ */ (() => 2 + 6 * Math.max(...NAMES.map((name) => name.length)))();

/** Longer values of these fields are of no use to anybody, and are not decoded. */
const LONGEST_VALUE = 4096;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Reads what decides from a JSON body in one pass over its bytes, without parsing the rest: `model`, `stream`, `max_tokens` at
 * the top level. Whoever reads a body that passes, reads the same values there: a name that stands twice, however it is
 * escaped, and one that differs in its case alone, which some parsers take for the same, are refused.
 *
 * @example What a request is about, without parsing it
 * ```ts
 * import { readFields } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const body = new TextEncoder().encode('{"messages":[{"model":"no"}],"model":"opus","stream":true}');
 * const { model, stream } = readFields(body);
 *
 * equal(model?.value, "opus");
 * equal(stream?.value, true);
 * ```
 *
 * @param body The body. Each byte is looked at once, whatever it holds.
 * @returns The fields.
 * @throws {FetchError} `BODY_MALFORMED` where it is no JSON as far as it was read, `BODY_KEY_REPEATED`, `BODY_KEY_MISSPELLED`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-4 | RFC 8259, section 4}, on names that are not unique
 */
export function readFields(body: Uint8Array): BodyFields {
  const start = skipSpace(body, 0);
  if (body[start] !== OPEN_BRACE) throw malformed(start, "an object");
  const found: Record<FieldName, BodyField<never> | null> = { model: null, stream: null, max_tokens: null };
  const longStrings = new Map<number, number>();
  let at = skipSpace(body, start + 1);
  if (body[at] === CLOSE_BRACE) at += 1;
  else {
    for (;;) {
      if (body[at] !== QUOTE) throw malformed(at, "a name in quotes");
      const keyEnd = skipString(body, at, longStrings);
      const name = nameOf(body, at, keyEnd);
      at = skipSpace(body, keyEnd);
      if (body[at] !== COLON) throw malformed(at, "a colon");
      const valueStart = skipSpace(body, at + 1);
      const valueEnd = skipValue(body, valueStart, longStrings);
      if (name !== undefined) {
        if (found[name] !== null) throw repeated(name);
        const value = FIELDS[name](parseValue(body, valueStart, valueEnd)) as never;
        found[name] = { value, start: valueStart, end: valueEnd };
      }
      at = skipSpace(body, valueEnd);
      const byte = body[at];
      at += 1;
      if (byte === CLOSE_BRACE) break;
      if (byte !== COMMA) throw malformed(at - 1, "a comma or a closing brace");
      at = skipSpace(body, at);
    }
  }
  at = skipSpace(body, at);
  if (at < body.length) throw malformed(at, "nothing behind the object");
  return { ...found, longStrings };
}

function skipSpace(body: Uint8Array, from: number): number {
  let at = from;
  while (isSpace(body[at])) at += 1;
  return at;
}

/** Where a string ends, behind its quote. */
function skipString(body: Uint8Array, from: number, longStrings: Map<number, number>): number {
  const end = findStringEnd(body, from, longStrings);
  if (end < 0) throw malformed(body.length, "the end of a string");
  return end;
}

function skipValue(body: Uint8Array, from: number, longStrings: Map<number, number>): number {
  const first = body[from];
  if (first === QUOTE) return skipString(body, from, longStrings);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(body, from, longStrings);
  let at = from;
  while (at < body.length && !isSpace(body[at]) && body[at] !== COMMA && body[at] !== CLOSE_BRACE) at += 1;
  if (at === from) throw malformed(at, "a value");
  return at;
}

/**
 * Where an object or an array ends. Which bracket closes which is not looked at: of JSON they are counted right, and what is
 * none is refused by the service.
 */
function skipNested(body: Uint8Array, from: number, longStrings: Map<number, number>): number {
  let depth = 0;
  for (let at = from; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) at = skipString(body, at, longStrings) - 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw malformed(body.length, "the end of an object or an array");
}

/** The field that a name means; `undefined` where it decides nothing. */
function nameOf(body: Uint8Array, start: number, end: number): FieldName | undefined {
  if (end - start > LONGEST_KEY) return undefined;
  const key = parseValue(body, start, end);
  if (typeof key !== "string") return undefined;
  // Upper case first: some characters have one of these letters as their upper or lower case without being it.
  const folded = key.toUpperCase().toLowerCase();
  const name = NAMES.find((each) => each === folded);
  if (name === undefined || name === key) return name;
  throw new FetchError(
    "BODY_KEY_MISSPELLED",
    `Cannot send the body: it holds ${JSON.stringify(key)}, which some parsers take for "${name}" and others do not; write "${name}"`,
  );
}

function parseValue(body: Uint8Array, start: number, end: number): unknown {
  if (end - start > LONGEST_VALUE) return null;
  try {
    return parsePart(body, start, end);
  } catch (cause) {
    throw malformed(start, "JSON in UTF-8", cause);
  }
}

const repeated = (name: FieldName): FetchError =>
  new FetchError(
    "BODY_KEY_REPEATED",
    `Cannot send the body: "${name}" stands in it more than once, and not everybody reads the same one; expected it once`,
  );

const malformed = (at: number, expected: string, cause?: unknown): FetchError =>
  new FetchError(
    "BODY_MALFORMED",
    `Cannot read the body as JSON: at byte ${at} expected ${expected}; send a JSON object`,
    cause === undefined ? undefined : { cause },
  );
