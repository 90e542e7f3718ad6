/**
 * Stop reasons that Converse calls otherwise; all others have one name. Of several of Converse's for one of Claude's, the first one is
 * taken back.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html | MessageStopEvent}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons | Stop reasons}
 */
const RENAMED: readonly (readonly [converse: string, claude: string])[] = [
  ["content_filtered", "refusal"],
  ["guardrail_intervened", "refusal"],
];

/**
 * Finds Converse's name of a stop reason of Claude's.
 *
 * @example Usage
 * ```ts
 * import { stopReasonToConverse } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * equal(stopReasonToConverse("refusal"), "content_filtered");
 * equal(stopReasonToConverse("end_turn"), "end_turn");
 * ```
 *
 * @param reason The reason as the Messages API names it.
 * @returns Its name; the same one where Converse has none of its own for it.
 */
export const stopReasonToConverse = (reason: string): string =>
  RENAMED.find(([, claude]) => claude === reason)?.[0] ?? reason;

/**
 * Finds Claude's name of a stop reason of Converse's.
 *
 * @param reason The reason as Converse names it.
 * @returns Its name; the same one where Claude has none of its own for it.
 */
export const stopReasonFromConverse = (reason: string): string =>
  RENAMED.find(([converse]) => converse === reason)?.[1] ?? reason;
