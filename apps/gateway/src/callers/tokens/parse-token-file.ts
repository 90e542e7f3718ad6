import { isObject } from "@claude-on-aws/endpoints";
import { isCallerName, type TokenRecord } from "./token-record.ts";

/** The version of the form. */
const VERSION = 1;

const HASH = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/;

const isTime = (value: unknown): boolean =>
  typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value));
const isTimeOrNull = (value: unknown): boolean => value === null || isTime(value);
const isName = (value: unknown): boolean => typeof value === "string" && isCallerName(value);

/** What each field of a record has to be. */
const FIELDS: Readonly<
  Record<keyof TokenRecord, { readonly holds: (value: unknown) => boolean; readonly expected: string }>
> = {
  name: { holds: isName, expected: "a name of 1 to 128 visible characters" },
  sha256: {
    holds: (value) => typeof value === "string" && HASH.test(value),
    expected: "64 hexadecimal digits in lower case",
  },
  groups: { holds: (value) => Array.isArray(value) && value.every(isName), expected: "a list of names" },
  createdAt: { holds: isTime, expected: "a time such as 2026-11-30T12:00:00Z" },
  expiresAt: { holds: isTimeOrNull, expected: "a time such as 2026-11-30T12:00:00Z, or null" },
  revokedAt: { holds: isTimeOrNull, expected: "a time such as 2026-11-30T12:00:00Z, or null" },
};

/**
 * Reads a file of tokens. All of it is taken, or nothing: half of one would lock callers out, or let one in that was revoked.
 *
 * @param text What the file holds.
 * @returns The records in their order; or what is wrong, as words that follow "Cannot use FILE: ", without anything of its values.
 */
export function parseTokenFile(text: string): readonly TokenRecord[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "it is no JSON";
  }
  if (!isObject(value) || value["version"] !== VERSION || !Array.isArray(value["tokens"])) {
    return `expected an object with "version": ${VERSION} and a list "tokens"`;
  }
  const tokens = value["tokens"] as readonly unknown[];
  const seen = new Set<unknown>();
  for (const [index, token] of tokens.entries()) {
    const problem = findProblem(token);
    if (problem !== undefined) return `tokens[${index}]${problem}`;
    const { sha256 } = token as TokenRecord;
    if (seen.has(sha256)) return `tokens[${index}] has the sha256 of another token`;
    seen.add(sha256);
  }
  return tokens as readonly TokenRecord[];
}

function findProblem(token: unknown): string | undefined {
  if (!isObject(token)) return " is no object";
  for (const [name, { holds, expected }] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(token, name)) return ` has no ${name}`;
    if (!holds(token[name])) return `.${name} is not ${expected}`;
  }
  return Object.keys(token).some((name) => !Object.hasOwn(FIELDS, name))
    ? ` has a field that none has; those are ${Object.keys(FIELDS).join(", ")}`
    : undefined;
}

/**
 * Writes a file of tokens.
 *
 * @param records In the order in which they stand in it.
 * @returns Its text, which {@link parseTokenFile} reads.
 */
export function formatTokenFile(records: readonly TokenRecord[]): string {
  return `${JSON.stringify({ version: VERSION, tokens: records }, null, 2)}\n`;
}
