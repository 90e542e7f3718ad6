import { MODELS, type Model } from "./catalogue.ts";

// Retired before Claude Platform on AWS and Bedrock's Messages endpoint came: Bedrock's own operations alone serve them.
const LACKING: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "claude-opus-4-1-20250805",
  "claude-opus-4-20250514",
  "claude-sonnet-4-20250514",
  "claude-3-7-sonnet-20250219",
  "claude-3-5-sonnet-20241022",
  "claude-3-5-haiku-20241022",
]);

/**
 * Says whether Claude Platform on AWS, and Bedrock's Messages endpoint, serve a model.
 *
 * @example Usage
 * ```ts
 * import { isOnMessagesApi, MODELS } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const sonnets = MODELS.filter(({ family }) => family === "sonnet");
 * equal(sonnets.filter(isOnMessagesApi).length, 4);
 * ```
 *
 * @param model The model.
 * @returns Whether the page about Claude Platform on AWS has it, or a later one than that page.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}, August 2026
 */
export function isOnMessagesApi({ id }: Pick<Model, "id">): boolean {
  return !LACKING.has(id);
}

/**
 * Lists the ids that Claude Platform on AWS takes: with the date, and without it.
 *
 * @example Usage
 * ```ts
 * import { messagesApiIds } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(messagesApiIds().includes("claude-haiku-4-5"), true);
 * equal(messagesApiIds().includes("claude-haiku-4-5-20251001"), true);
 * ```
 *
 * @returns Each id once; Bedrock's Messages endpoint wants `anthropic.` before it.
 */
export function messagesApiIds(): readonly string[] {
  return MODELS.filter(isOnMessagesApi).flatMap(({ id, date }) =>
    date === null ? [id] : [id.slice(0, -date.length - 1), id],
  );
}
