/**
 * Claude's events, whatever framing they come in.
 *
 * @module
 */
export { BEDROCK_PADDING } from "./bedrock-chunk.ts";
export {
  ClaudeEventDecoder,
  type ClaudeEventDecoderOptions,
  type ClaudeFraming,
  type OnClaudeEvent,
} from "./claude-event-decoder.ts";
export { ClaudeEventEncoderStream, type ClaudeEventEncoderOptions } from "./claude-event-encoder-stream.ts";
export type {
  ClaudeContentBlockDeltaEvent,
  ClaudeContentBlockStartEvent,
  ClaudeContentBlockStopEvent,
  ClaudeDelta,
  ClaudeErrorEvent,
  ClaudeEvent,
  ClaudeMessageDeltaEvent,
  ClaudeMessageStartEvent,
  ClaudeMessageStopEvent,
  ClaudePingEvent,
} from "./claude-event.ts";
export type {
  ClaudeCompactionBlock,
  ClaudeContainerUploadBlock,
  ClaudeContentBlock,
  ClaudeMessage,
  ClaudeRedactedThinkingBlock,
  ClaudeStopReason,
  ClaudeTextBlock,
  ClaudeThinkingBlock,
  ClaudeToolResultBlock,
  ClaudeToolUseBlock,
  ClaudeUsage,
} from "./claude-message.ts";
export { citationFromConverse, citationToConverse } from "./converse-citations.ts";
export { stopReasonToConverse } from "./converse-stop-reasons.ts";
export { ConverseEncoder } from "./converse-encoder.ts";
export { decodeClaudeEvents, type DecodeClaudeEventsOptions } from "./decode-claude-events.ts";
export { encodeBedrockChunks, type EncodeBedrockChunksOptions } from "./encode-bedrock-chunks.ts";
export { encodeClaudeEvent, type EncodeClaudeEventOptions } from "./encode-claude-event.ts";
export { eventStreamToSse } from "./event-stream-to-sse.ts";
export { type ClaudeErrorType, type ExceptionName, type ExceptionRow, ERROR_STATUS, EXCEPTIONS } from "./exceptions.ts";
export { formatClaudeEvent } from "./format-claude-event.ts";
export { invokeStreamToSse, type InvokeStreamToSseOptions } from "./invoke-stream-to-sse.ts";
export { MAX_MESSAGE_LENGTH } from "./message-accumulator.ts";
export { messageFromEvents, type MessageFromEventsOptions } from "./message-from-events.ts";
export { parsePartialJson } from "./parse-partial-json.ts";
export { sseToEventStream } from "./sse-to-event-stream.ts";
export type { TranslateOptions } from "./translate-options.ts";
export type { EventStreamLimits } from "../event-stream/event-stream-limits.ts";
export type { SilenceOptions, StreamTimers } from "../streams/stream-timers.ts";
export { StreamError, type StreamErrorCode, type StreamErrorDetails } from "../stream-error.ts";
