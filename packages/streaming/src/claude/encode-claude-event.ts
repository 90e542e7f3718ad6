import { encodeMessage } from "../event-stream/encode-message.ts";
import type { ClaudeErrorEvent, ClaudeEvent } from "./claude-event.ts";
import { encodeChunk } from "./encode-chunk.ts";
import { exceptionFromEvent, exceptionHeaders } from "./service-error.ts";

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

/** Options for {@link encodeClaudeEvent}. */
export interface EncodeClaudeEventOptions {
  /** Text for the field `p`, with which Bedrock hides how long a token is; clients ignore it. Left out, there is no such field. */
  readonly padding?: string | undefined;
}

/**
 * Encodes an `error` event as an `exception` message.
 *
 * @param event The event.
 * @returns The bytes of the message.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 */
export function encodeException(event: ClaudeErrorEvent): Uint8Array<ArrayBuffer> {
  const { awsName, payload } = exceptionFromEvent(event);
  return encodeMessage({ headers: exceptionHeaders(awsName), payload: ENCODER.encode(payload) });
}

/**
 * Encodes an event as Bedrock's InvokeModelWithResponseStream sends it: in a `chunk` message, an `error` event as an
 * exception.
 *
 * @example Usage
 * ```ts
 * import { ClaudeEventDecoder, encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
 * import { deepEqual } from "node:assert/strict";
 *
 * const events: unknown[] = [];
 * new ClaudeEventDecoder((event) => events.push(event), { framing: "event-stream" }).feed(encodeClaudeEvent({ type: "ping" }));
 *
 * deepEqual(events, [{ type: "ping" }]);
 * ```
 *
 * @param event The event.
 * @param options Padding.
 * @returns The bytes of one event-stream message.
 * @throws {StreamError} `FRAME_TOO_LARGE`.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html | InvokeModelWithResponseStream}
 */
export function encodeClaudeEvent(
  event: ClaudeEvent,
  { padding }: EncodeClaudeEventOptions = {},
): Uint8Array<ArrayBuffer> {
  return event.type === "error" ? encodeException(event) : encodeChunk(JSON.stringify(event), padding);
}
