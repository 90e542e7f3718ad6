import { isObject } from "@claude-on-aws/endpoints";

/** A JSON object that somebody sent. */
export type Json = Readonly<Record<string, unknown>>;

/** The value of a name; `undefined` where there is no object. */
export const at = (value: unknown, name: string): unknown => (isObject(value) ? (value as Json)[name] : undefined);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/**
 * Reads the texts of a system prompt, whether it is written for the Messages API or for Converse.
 *
 * @returns One text for each block; blocks that only mark a cache have none.
 */
export function systemTexts(body: Json): readonly unknown[] {
  const { system } = body;
  if (typeof system === "string") return [system];
  return listOf(system)
    .map((block) => at(block, "text"))
    .filter((text) => text !== undefined);
}

/**
 * Reads the marks of prompt caching in a body, in the order in which they stand: `cache_control` of the Messages API, or the
 * `cachePoint` of Converse.
 *
 * @returns The time that each asks for; `default` where it asks for none.
 */
export function cacheMarks(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(cacheMarks);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name !== "cache_control" && name !== "cachePoint") return cacheMarks(inner);
    const ttl = at(inner, "ttl");
    return [typeof ttl === "string" ? ttl : "default"];
  });
}

/**
 * Reads the thinking of earlier turns in a body, whether it is written for the Messages API or for Converse.
 *
 * @returns Text and signature of each block.
 */
export function thinkingOf(body: Json): readonly (readonly [thinking: unknown, signature: unknown])[] {
  const blocks = listOf(body["messages"]).flatMap((message) => listOf(at(message, "content")));
  return blocks.flatMap((block): readonly (readonly [unknown, unknown])[] => {
    if (at(block, "type") === "thinking") return [[at(block, "thinking"), at(block, "signature")]];
    const text = at(at(block, "reasoningContent"), "reasoningText");
    return text === undefined ? [] : [[at(text, "text"), at(text, "signature")]];
  });
}

/** The type and the message of an error of the Claude API, or of AWS's JSON. */
export function errorOf(body: unknown): { readonly type: unknown; readonly message: unknown } {
  const error = at(body, "error");
  return isObject(error)
    ? { type: at(error, "type"), message: at(error, "message") }
    : { type: undefined, message: at(body, "message") ?? at(body, "Message") };
}

/** Shows a value in a verdict. */
export const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));
