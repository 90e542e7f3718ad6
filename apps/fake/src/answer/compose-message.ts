import type { ClaudeContentBlock, ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { Exchange } from "../exchange/exchange.ts";
import type { GivenBlock } from "../settings/given-block.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { randomId } from "../terms/random-id.ts";
import { BYTES_PER_TOKEN, countTokens } from "./count-tokens.ts";

/** What a message is made of. */
export interface GivenMessage {
  readonly content: readonly GivenBlock[];
  /**
   * Why Claude stopped.
   *
   * @default {what the content says: `tool_use` after a tool call, otherwise `end_turn`; `max_tokens` where it is cut}
   */
  readonly stopReason?: string | undefined;
  readonly stopSequence?: string | undefined;
  /** Counters in the place of those that are counted. */
  readonly usage?: Readonly<Record<string, unknown>> | undefined;
}

/** How the IDs of calls begin that are not the client's to answer. */
const CALL_PREFIXES: Readonly<Record<string, string>> = { server_tool_use: "srvtoolu_01", mcp_tool_use: "mcptoolu_01" };

/** Thinking is signed so that it cannot be altered; nobody verifies this one. */
const SIGNATURE = "RmFrZSBzaWduYXR1cmUsIHNpZ25lZCBieSBub2JvZHk=";

/**
 * Makes the message that answers an exchange, cut where it is longer than the client allowed: a text in its middle,
 * a tool call as a whole, since half of one is no use.
 *
 * @returns The message; its usage counts what is left after the cut.
 */
export function composeMessage(
  given: GivenMessage,
  maxTokens: number,
  { route, model, input = {} }: Exchange,
  settings: FakeSettings,
): ClaudeMessage {
  const isBedrock = route.provider === "bedrock";
  const isConverse = route.operation?.built?.form?.startsWith("converse") === true;
  const toolUsePrefix = isConverse ? "tooluse_" : isBedrock ? "toolu_bdrk_01" : "toolu_01";
  const { content, outputTokens, isCut } = cutContent(given.content, maxTokens);
  const last = content.at(-1)?.type;
  return {
    id: `msg_${isBedrock ? "bdrk_" : ""}01${randomId(settings)}`,
    type: "message",
    role: "assistant",
    model: model?.model ?? "",
    content: content.map((block) => completeBlock(block, toolUsePrefix, settings)),
    stop_reason: isCut ? "max_tokens" : (given.stopReason ?? (last === "tool_use" ? "tool_use" : "end_turn")),
    stop_sequence: given.stopSequence ?? null,
    usage: {
      input_tokens: countTokens(input),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: Math.max(1, outputTokens),
      ...given.usage,
    },
  };
}

/**
 * Counts the tokens of a block: of what it says, not of what frames it.
 *
 * @returns At least 1.
 */
export function tokensOf(block: GivenBlock): number {
  switch (block.type) {
    case "text":
      return countTokens(block.text);
    case "thinking":
      return countTokens(block.thinking);
    case "redacted_thinking":
      return countTokens(block.data);
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use":
      return countTokens(block.name + JSON.stringify(block.input));
    default:
      return countTokens(JSON.stringify(block.content));
  }
}

interface Cut {
  readonly content: readonly GivenBlock[];
  readonly outputTokens: number;
  readonly isCut: boolean;
}

function cutContent(content: readonly GivenBlock[], maxTokens: number): Cut {
  let outputTokens = 0;
  for (const [index, block] of content.entries()) {
    const tokens = tokensOf(block);
    if (outputTokens + tokens <= maxTokens) {
      outputTokens += tokens;
      continue;
    }
    const kept = cutBlock(block, maxTokens - outputTokens);
    return { content: [...content.slice(0, index), ...kept], outputTokens: maxTokens, isCut: true };
  }
  return { content, outputTokens, isCut: false };
}

function cutBlock(block: GivenBlock, tokens: number): GivenBlock[] {
  if (tokens <= 0) return [];
  if (block.type === "text") return [{ ...block, text: firstBytes(block.text, tokens * BYTES_PER_TOKEN) }];
  if (block.type === "thinking") return [{ ...block, thinking: firstBytes(block.thinking, tokens * BYTES_PER_TOKEN) }];
  return [];
}

/** The beginning of a text that is at most so many bytes of UTF-8, no character cut in two. */
function firstBytes(text: string, bytes: number): string {
  const target = new Uint8Array(Math.min(bytes, Buffer.byteLength(text)));
  const { read } = new TextEncoder().encodeInto(text, target);
  return text.slice(0, read);
}

function completeBlock(block: GivenBlock, toolUsePrefix: string, settings: FakeSettings): ClaudeContentBlock {
  if (block.type === "thinking") return { ...block, signature: block.signature ?? SIGNATURE };
  if (!("input" in block)) return block as ClaudeContentBlock;
  const prefix = CALL_PREFIXES[block.type] ?? toolUsePrefix;
  const { type, id = prefix + randomId(settings), name, input, ...rest } = block;
  return { type, id, name, input, ...rest };
}
