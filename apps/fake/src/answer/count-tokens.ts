import { isObject } from "@claude-on-aws/endpoints";

/** Bytes that Claude's tokens hold on average in English text, roughly. */
export const BYTES_PER_TOKEN = 4;

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
  let bytes = 0;
  if (typeof input === "string") bytes = Buffer.byteLength(input);
  else for (const field of READ_FIELDS) bytes += readBytes(input[field], 0);
  return Math.max(1, Math.ceil(bytes / BYTES_PER_TOKEN));
}

/** Deeper than any client nests; a body made to exhaust the stack is cut there. */
const MAX_DEPTH = 64;

/** UTF-8 bytes of all strings in a value, except those that only say what kind of thing it is. */
function readBytes(value: unknown, depth: number): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (depth > MAX_DEPTH || typeof value !== "object") return 0;
  let bytes = 0;
  if (Array.isArray(value)) for (const item of value) bytes += readBytes(item, depth + 1);
  else if (isObject(value)) {
    for (const name in value) if (name !== "type" && name !== "role") bytes += readBytes(value[name], depth + 1);
  }
  return bytes;
}
