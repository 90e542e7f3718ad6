import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { FakeTimers } from "../settings/fake-timers.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";

/** The forms in which a message is answered, one for each operation that does. */
export type MessageForm =
  | "message"
  | "message-stream"
  | "invoke-model"
  | "invoke-model-stream"
  | "converse"
  | "converse-stream";

/** What happens to a stream while it is sent. */
export interface StreamPlan {
  /** Time between two events, in milliseconds. */
  readonly eventDelayMs?: number | undefined;
  /** When the pieces come. */
  readonly timing?: ScenarioTiming | undefined;
  /** What measures time. */
  readonly timers?: FakeTimers | undefined;
  /** How many events are sent before the stream ends without its end. */
  readonly cutAfterEvents?: number | undefined;
  /** How many events are sent before the exception. */
  readonly failAfterEvents?: number | undefined;
  readonly exception?: StreamException | undefined;
}

/** An exception in the middle of a stream. */
export interface StreamException {
  /** Name as an event stream writes it, such as `throttlingException`. */
  readonly name: string;
  /** `error.type` as the Claude API writes it. */
  readonly errorType: string;
  readonly message: string;
}

/** A message, and the form in which it is answered. */
export interface MessageReply {
  readonly kind: MessageForm;
  readonly message: ClaudeMessage;
  /** Absent where the stream goes out at once and whole. */
  readonly plan?: StreamPlan | undefined;
}

/** Bytes that are answered as they are. */
export interface BytesReply {
  readonly kind: "bytes";
  readonly contentType: string;
  readonly body: Uint8Array | Iterable<Uint8Array>;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** An object that is answered as JSON. */
export interface JsonReply {
  readonly kind: "json";
  readonly value: object;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** What should be answered, before anything is written: a message, in the form the operation has, an object, or bytes. */
export type Reply = JsonReply | BytesReply | MessageReply;
