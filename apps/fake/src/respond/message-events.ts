import type { Message } from "../behave/message.ts";
import { pieces } from "./pieces.ts";

/** An event of a streamed message; `type` is the event's name too. */
export interface MessageEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * A message as the events in which it is streamed.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export function messageEvents(message: Message): MessageEvent[] {
  const { content, stop_reason, stop_sequence, usage, ...head } = message;
  return [
    {
      type: "message_start",
      message: { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 1 } },
    },
    ...content.flatMap(({ text }, index) => [
      { type: "content_block_start", index, content_block: { type: "text", text: "" } },
      ...pieces(text).map((piece) => ({
        type: "content_block_delta",
        index,
        delta: { type: "text_delta", text: piece },
      })),
      { type: "content_block_stop", index },
    ]),
    { type: "message_delta", delta: { stop_reason, stop_sequence }, usage: { output_tokens: usage.output_tokens } },
    { type: "message_stop" },
  ];
}
