import { isObject } from "../validate/check-json.ts";

/** Bytes that Claude's tokens hold on average in English text, roughly. */
const BYTES_PER_TOKEN = 4;

/** Fields whose text a model reads. */
const READ_FIELDS = ["system", "messages", "tools", "toolConfig"];

/**
 * Estimates the tokens of a text or of the body of a request: a quarter of the
 * bytes of what the model reads. The same input always gives the same count;
 * it is not what Claude's own tokenizer says.
 *
 * @param input A text, or a body of CreateMessage, InvokeModel or Converse.
 * @returns At least 1.
 */
export function countTokens(input: string | Readonly<Record<string, unknown>>): number {
  const text = typeof input === "string" ? input : READ_FIELDS.map((field) => readText(input[field], 0)).join("");
  return Math.max(1, Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN));
}

/** Deeper than any client nests; a body made to exhaust the stack is cut there. */
const MAX_DEPTH = 64;

function readText(value: unknown, depth: number): string {
  if (typeof value === "string") return value;
  if (depth > MAX_DEPTH) return "";
  if (Array.isArray(value)) return value.map((item) => readText(item, depth + 1)).join("");
  if (!isObject(value)) return "";
  return Object.entries(value)
    .map(([name, item]) => (name === "type" || name === "role" ? "" : readText(item, depth + 1)))
    .join("");
}
