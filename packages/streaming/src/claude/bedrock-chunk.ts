import type { EventStreamHeaders } from "../event-stream/event-stream-message.ts";

/** Headers of a message that carries an event of InvokeModelWithResponseStream. */
export const CHUNK_HEADERS: EventStreamHeaders = {
  ":event-type": { type: "string", value: "chunk" },
  ":content-type": { type: "string", value: "application/json" },
  ":message-type": { type: "string", value: "event" },
};

/**
 * With the first letters of this text, two or more of them, Bedrock pads each chunk of a stream, so that its length does not
 * betray the token in it.
 */
export const BEDROCK_PADDING = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
