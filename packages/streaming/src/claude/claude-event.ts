import type { ClaudeContentBlock, ClaudeMessage, ClaudeStopReason, ClaudeUsage } from "./claude-message.ts";

/** What is added to a block. A type that is not listed comes from a service newer than this package. */
export type ClaudeDelta =
  | { readonly type: "text_delta"; readonly text: string }
  | { readonly type: "input_json_delta"; readonly partial_json: string }
  | { readonly type: "thinking_delta"; readonly thinking: string }
  | { readonly type: "signature_delta"; readonly signature: string }
  | { readonly type: "citations_delta"; readonly citation: unknown }
  | { readonly type: "compaction_delta"; readonly content: string | null };

/** The beginning of a message; its content is still empty. */
export interface ClaudeMessageStartEvent {
  readonly type: "message_start";
  readonly message: ClaudeMessage;
}

/** The beginning of the block at `index`. */
export interface ClaudeContentBlockStartEvent {
  readonly type: "content_block_start";
  readonly index: number;
  readonly content_block: ClaudeContentBlock;
}

/** More of the block at `index`. */
export interface ClaudeContentBlockDeltaEvent {
  readonly type: "content_block_delta";
  readonly index: number;
  readonly delta: ClaudeDelta;
}

/** The end of the block at `index`. */
export interface ClaudeContentBlockStopEvent {
  readonly type: "content_block_stop";
  readonly index: number;
}

/** How the message ended, and the tokens of all of it. */
export interface ClaudeMessageDeltaEvent {
  readonly type: "message_delta";
  readonly delta: {
    readonly stop_reason: ClaudeStopReason | null;
    readonly stop_sequence: string | null;
    readonly [field: string]: unknown;
  };
  readonly usage: ClaudeUsage;
}

/** The end of the message. Bedrock puts its metrics here, as `amazon-bedrock-invocationMetrics`. */
export interface ClaudeMessageStopEvent {
  readonly type: "message_stop";
  readonly "amazon-bedrock-invocationMetrics"?: unknown;
}

/** A sign of life. */
export interface ClaudePingEvent {
  readonly type: "ping";
}

/** The stream broke off; nothing follows. The decoders throw `STREAM_EXCEPTION` for it. */
export interface ClaudeErrorEvent {
  readonly type: "error";
  readonly error: { readonly type: string; readonly message: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/**
 * An event of Claude's stream, as the Messages API names them, whatever framing it came in.
 *
 * A decoder passes on an event of a type that is not listed as it came: a `switch` over `type` needs a
 * `default` that does nothing.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/streaming | Streaming messages}
 */
export type ClaudeEvent =
  | ClaudeMessageStartEvent
  | ClaudeContentBlockStartEvent
  | ClaudeContentBlockDeltaEvent
  | ClaudeContentBlockStopEvent
  | ClaudeMessageDeltaEvent
  | ClaudeMessageStopEvent
  | ClaudePingEvent
  | ClaudeErrorEvent;
