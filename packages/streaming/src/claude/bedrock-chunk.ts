import type { EventStreamHeaders } from "../event-stream/event-stream-message.ts";

/** Headers of a message that carries an event of InvokeModelWithResponseStream. */
export const CHUNK_HEADERS: EventStreamHeaders = {
  ":event-type": { type: "string", value: "chunk" },
  ":content-type": { type: "string", value: "application/json" },
  ":message-type": { type: "string", value: "event" },
};

/** What stands in the payload of such a message before the Base64 of its event. */
export const CHUNK_PREFIX: Uint8Array = /* @__PURE__ */ new TextEncoder().encode('{"bytes":"');

/**
 * Bedrock pads each chunk of a stream with the first letters of this text, at least two of them, so that the length of a chunk
 * does not betray the token in it.
 */
export const BEDROCK_PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
