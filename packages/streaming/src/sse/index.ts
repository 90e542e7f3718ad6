/**
 * Server-sent events: `text/event-stream`.
 *
 * @module
 */
export { formatSseEvent, type SseEventFields } from "./format-sse-event.ts";
export { MAX_EVENT_LENGTH, SseDecoder, type SseDecoderOptions, type SseEvent } from "./sse-decoder.ts";
export { SseDecoderStream, type SseDecoderStreamOptions } from "./sse-decoder-stream.ts";
export { SseEncoderStream } from "./sse-encoder-stream.ts";
export type { SilenceOptions, StreamTimers } from "../streams/stream-timers.ts";
export { StreamError, type StreamErrorCode, type StreamErrorDetails } from "../stream-error.ts";
