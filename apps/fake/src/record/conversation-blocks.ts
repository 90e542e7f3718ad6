import { isObject } from "@claude-on-aws/endpoints";

type Fields = Readonly<Record<string, unknown>>;

/** A block of a message, in the words of neither API: the Messages API and Converse say the same of it. */
export type ConversationBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "thinking"; readonly parts: readonly string[] }
  | { readonly kind: "call"; readonly id: string }
  | { readonly kind: "result"; readonly call: string; readonly isError: boolean }
  | { readonly kind: "other"; readonly type: string };

/** Blocks of one message that are read: whoever sends more is not followed. */
const MAX_BLOCKS = 64;

const fields = (value: unknown): Fields => (isObject(value) ? value : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * Reads the blocks of a message, whether in the words of the Messages API or in those of Converse.
 *
 * @param content Its content: a text, or a list.
 * @returns `undefined` where there are more than 64: part of a message would be taken for all of it.
 */
export function readBlocks(content: unknown): readonly ConversationBlock[] | undefined {
  if (typeof content === "string") return [{ kind: "text", text: content }];
  if (!Array.isArray(content)) return [];
  return content.length > MAX_BLOCKS ? undefined : content.map((block) => readBlock(fields(block)));
}

function readBlock(block: Fields): ConversationBlock {
  return typeof block["type"] === "string" ? readClaudeBlock(block, block["type"]) : readConverseBlock(block);
}

function readClaudeBlock(block: Fields, type: string): ConversationBlock {
  switch (type) {
    case "text":
      return { kind: "text", text: text(block["text"]) };
    case "thinking":
      return { kind: "thinking", parts: [text(block["thinking"]), text(block["signature"])] };
    case "redacted_thinking":
      return { kind: "thinking", parts: [text(block["data"])] };
    case "tool_use":
      return { kind: "call", id: text(block["id"]) };
    case "tool_result":
      return { kind: "result", call: text(block["tool_use_id"]), isError: block["is_error"] === true };
    default:
      return { kind: "other", type };
  }
}

function readConverseBlock(block: Fields): ConversationBlock {
  const { text: said, reasoningContent, toolUse, toolResult } = block;
  if (typeof said === "string") return { kind: "text", text: said };
  if (isObject(toolUse)) return { kind: "call", id: text(toolUse["toolUseId"]) };
  if (isObject(toolResult)) {
    return { kind: "result", call: text(toolResult["toolUseId"]), isError: toolResult["status"] === "error" };
  }
  if (!isObject(reasoningContent)) return { kind: "other", type: Object.keys(block)[0] ?? "" };
  const { reasoningText, redactedContent } = reasoningContent;
  return {
    kind: "thinking",
    parts: isObject(reasoningText)
      ? [text(reasoningText["text"]), text(reasoningText["signature"])]
      : [text(redactedContent)],
  };
}
