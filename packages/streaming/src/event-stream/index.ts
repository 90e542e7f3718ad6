/**
 * AWS's binary framing: `application/vnd.amazon.eventstream`.
 *
 * @module
 */
export { decodeMessage } from "./decode-message.ts";
export { encodeMessage } from "./encode-message.ts";
export { EventStreamDecoder, type EventStreamDecoderOptions } from "./event-stream-decoder.ts";
export { EventStreamDecoderStream, type EventStreamDecoderStreamOptions } from "./event-stream-decoder-stream.ts";
export { EventStreamEncoderStream, type EventStreamEncoderOptions } from "./event-stream-encoder-stream.ts";
export { MAX_HEADERS_BYTES, MAX_MESSAGE_BYTES, type EventStreamLimits } from "./event-stream-limits.ts";
export type { EventStreamHeaders, EventStreamHeaderValue, EventStreamMessage } from "./event-stream-message.ts";
export type { SilenceOptions, StreamTimers } from "../streams/stream-timers.ts";
export { StreamError, type StreamErrorCode, type StreamErrorDetails } from "../stream-error.ts";
