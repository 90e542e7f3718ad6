import type { GivenBlock } from "../settings/given-block.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";

/**
 * What Converse has a place for. It knows tools of the service, but none of those that Claude calls.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html | ContentBlock}
 */
const CONVERSE_BLOCKS: ReadonlySet<string> = new Set<GivenBlock["type"]>([
  "text",
  "thinking",
  "redacted_thinking",
  "tool_use",
]);

/**
 * Stop reasons of the Messages API for which Converse has no name.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html | Converse}
 */
const CONVERSE_LACKS: ReadonlySet<string> = new Set(["pause_turn"]);

/**
 * Finds what a message says that Converse cannot.
 *
 * @returns Such as `a block web_search_tool_result`; `undefined` where it can say all of it.
 */
export function findUnsayable({ content, stopReason }: ScenarioMessage): string | undefined {
  const block = content?.find(({ type }) => !CONVERSE_BLOCKS.has(type));
  if (block !== undefined) return `a block ${block.type}`;
  return stopReason !== undefined && CONVERSE_LACKS.has(stopReason) ? `the stop reason ${stopReason}` : undefined;
}
