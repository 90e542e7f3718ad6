import { FetchError } from "../fetch-error.ts";
import type { BodyField, BodyFields } from "./body-fields.ts";
import { JsonScanner } from "./json-scanner.ts";
import { isPlainName } from "./is-plain-name.ts";

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

/** Names of other lengths are none of these, as long as nothing is escaped. */
const LENGTHS: ReadonlySet<number> = /* @__PURE__ */ (() => new Set(NAMES.map((name) => name.length)))();

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
  const longStrings = new Map<number, number>();
  const scanner = new JsonScanner(body, undefined, longStrings);
  const found: Record<FieldName, BodyField<never> | null> = { model: null, stream: null, max_tokens: null };
  scanner.start();
  const close = scanner.closing() ?? 0;
  for (let isMember = scanner.enter(close); isMember; isMember = scanner.goOn(close)) {
    const nameStart = scanner.at;
    const name = readName(scanner, nameStart, scanner.skipName());
    const start = scanner.at;
    scanner.skipValue();
    if (name === undefined) continue;
    const end = scanner.at;
    if (found[name] !== null) throw repeated(name);
    const value = end - start > LONGEST_VALUE ? null : FIELDS[name](scanner.parse(start, end));
    found[name] = { value: value as never, start, end };
    scanner.at = end;
  }
  scanner.skipSpace();
  if (scanner.at < body.length) throw scanner.malformed("nothing behind the object");
  return { ...found, longStrings };
}

/** The field that a name means; `undefined` where it decides nothing. */
function readName(scanner: JsonScanner, start: number, end: number): FieldName | undefined {
  if (end - start > LONGEST_KEY) return undefined;
  if (!LENGTHS.has(end - start - 2) && isPlainName(scanner.body, start, end)) return undefined;
  const key = scanner.parse(start, end) as string;
  // Upper case first: some characters have one of these letters as their upper or lower case without being it.
  const folded = key.toUpperCase().toLowerCase();
  const name = NAMES.find((each) => each === folded);
  if (name === undefined || name === key) return name;
  throw new FetchError(
    "BODY_KEY_MISSPELLED",
    `Cannot send the body: it holds ${JSON.stringify(key)}, which some parsers take for "${name}" and others do not; write "${name}"`,
  );
}

const repeated = (name: FieldName): FetchError =>
  new FetchError(
    "BODY_KEY_REPEATED",
    `Cannot send the body: "${name}" stands in it more than once, and not everybody reads the same one; expected it once`,
  );
