import type { ClaudeContentBlock, ClaudeDelta, ClaudeEvent, ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { CutText } from "./cut-text.ts";
import { pieces } from "./pieces.ts";

/**
 * Makes the events in which a message is streamed.
 *
 * @param message The message.
 * @param cutSaid How the text that Claude says is cut.
 * @param cut How other texts are cut.
 * @returns Its events, in order.
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export function messageEvents(message: ClaudeMessage, cutSaid: CutText = pieces, cut: CutText = pieces): ClaudeEvent[] {
  return [startEvent(message), ...contentEvents(message.content, cutSaid, cut), ...endEvents(message)];
}

/**
 * Makes the event with which a message begins: all of it but its content.
 *
 * @param message The message.
 * @returns The event.
 */
export function startEvent(message: ClaudeMessage): ClaudeEvent {
  const started = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...message.usage, output_tokens: 1 },
  };
  return { type: "message_start", message: started };
}

/**
 * Makes the events of a message's content.
 *
 * @param content Its blocks.
 * @param cutSaid How the text that Claude says is cut.
 * @param cut How other texts are cut.
 * @returns Their events, in order.
 */
export function contentEvents(
  content: readonly ClaudeContentBlock[],
  cutSaid: CutText = pieces,
  cut: CutText = pieces,
): ClaudeEvent[] {
  const events: ClaudeEvent[] = [];
  for (const [index, block] of content.entries()) addBlock(events, block, index, block.type === "text" ? cutSaid : cut);
  return events;
}

/**
 * Makes the events with which a message ends: why it ends, and what it took.
 *
 * @param message The message.
 * @returns The events, in order.
 */
export function endEvents({ stop_reason, stop_sequence, usage }: ClaudeMessage): ClaudeEvent[] {
  const delta = { stop_reason, stop_sequence };
  return [
    { type: "message_delta", delta, usage: { output_tokens: usage.output_tokens ?? 0 } },
    { type: "message_stop" },
  ];
}

function addBlock(events: ClaudeEvent[], block: ClaudeContentBlock, index: number, cut: CutText): void {
  const add = (delta: ClaudeDelta): void => void events.push({ type: "content_block_delta", index, delta });
  events.push({ type: "content_block_start", index, content_block: emptied(block) });
  switch (block.type) {
    case "text":
      for (const text of cut(block.text)) add({ type: "text_delta", text });
      for (const citation of block.citations ?? []) add({ type: "citations_delta", citation });
      break;
    case "thinking":
      for (const thinking of cut(block.thinking)) add({ type: "thinking_delta", thinking });
      add({ type: "signature_delta", signature: block.signature });
      break;
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use":
      // The API sends an empty piece first.
      add({ type: "input_json_delta", partial_json: "" });
      for (const partial_json of cut(JSON.stringify(block.input))) add({ type: "input_json_delta", partial_json });
  }
  events.push({ type: "content_block_stop", index });
}

/** A block as it begins; one that has no deltas begins whole. */
function emptied(block: ClaudeContentBlock): ClaudeContentBlock {
  if (block.type === "text") return { type: "text", text: "", ...(block.citations ? { citations: [] } : {}) };
  if (block.type === "thinking") return { type: "thinking", thinking: "", signature: "" };
  return "input" in block ? { ...block, input: {} } : block;
}
