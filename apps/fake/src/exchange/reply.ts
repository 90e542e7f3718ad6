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

/** Whether a form is a stream. */
export const isStreamForm = (form: MessageForm | undefined): boolean => form?.endsWith("-stream") === true;

/** Whether a form is a stream whose frames have checksums. */
export const isEventStreamForm = (form: MessageForm | undefined): boolean =>
  form !== "message-stream" && isStreamForm(form);

/** What happens to a stream while it is sent. */
export interface StreamPlan {
  /** Time between two events, in milliseconds. */
  readonly eventDelayMs?: number | undefined;
  /** When the pieces come. */
  readonly timing?: ScenarioTiming | undefined;
  /** What measures time. */
  readonly timers?: FakeTimers | undefined;
  /** What is wrong with its frames. */
  readonly change?: FrameChange | undefined;
}

/** What is wrong with the frames of a stream. Each change comes behind so many events. */
export type FrameChange =
  /** Nothing follows; where no place is given, all before the end of the message is sent. */
  | { readonly kind: "end"; readonly afterEvents?: number | undefined }
  /** Nothing follows but the exception. */
  | { readonly kind: "exception"; readonly afterEvents: number; readonly exception: StreamException }
  /** Half of the next frame follows, and nothing else. */
  | { readonly kind: "half-frame"; readonly afterEvents: number }
  /** The next frame has a wrong checksum; the others follow. */
  | { readonly kind: "bad-checksum"; readonly afterEvents: number; readonly of: "message" | "prelude" }
  /** An event follows that nobody knows, and then the others. */
  | { readonly kind: "unknown-event"; readonly afterEvents: number; readonly name: string }
  /** The last event comes once more, and then the others. */
  | { readonly kind: "duplicate-event"; readonly afterEvents: number };

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
interface BytesReply {
  readonly kind: "bytes";
  readonly contentType: string;
  readonly body: Uint8Array | Iterable<Uint8Array>;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** An object that is answered as JSON. */
interface JsonReply {
  readonly kind: "json";
  readonly value: object;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** What should be answered, before anything is written: a message, in the form the operation has, an object, or bytes. */
export type Reply = JsonReply | BytesReply | MessageReply;
