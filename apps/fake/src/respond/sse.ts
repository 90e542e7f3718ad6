import { formatSseEvent } from "@claude-on-aws/streaming/sse";
import type { Message } from "../behave/message.ts";
import { messageEvents } from "./message-events.ts";

const text = new TextEncoder();

/** The Messages API sends a ping behind the first block's start. */
const PING = { type: "ping" };

/** A message as server-sent events, one piece an event. */
export function encodeSse(message: Message): Uint8Array[] {
  const [start, blockStart, ...rest] = messageEvents(message);
  return [start, blockStart, PING, ...rest].flatMap((event) =>
    event ? [text.encode(formatSseEvent({ event: event.type, data: JSON.stringify(event) }))] : [],
  );
}
