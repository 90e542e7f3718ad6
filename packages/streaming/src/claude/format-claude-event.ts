import { formatSseEvent } from "../sse/format-sse-event.ts";
import type { ClaudeEvent } from "./claude-event.ts";

/**
 * Writes an event as the Messages API sends it: as a server-sent event named after the event's type.
 *
 * @example Usage
 * ```ts
 * import { formatClaudeEvent } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatClaudeEvent({ type: "message_stop" }), 'event: message_stop\ndata: {"type":"message_stop"}\n\n');
 * ```
 *
 * @param event The event.
 * @returns Its text.
 * @throws {StreamError} `SSE_FIELD` where its type holds a line break.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export function formatClaudeEvent(event: ClaudeEvent): string {
  return formatSseEvent({ event: event.type, data: JSON.stringify(event) });
}
