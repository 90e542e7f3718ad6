import { resolveForm } from "../../exchange/resolve-form.ts";
import { type FrameChange, isEventStreamForm, isStreamForm } from "../../exchange/reply.ts";
import { oneOf, text, wholeNumber } from "../../input/read-json.ts";
import { fault as refusal } from "../../terms/faults.ts";
import { findStreamException, STREAM_EXCEPTIONS } from "../stream-exceptions.ts";
import type { Effect, FaultContext, FaultKinds } from "./fault-kind.ts";
import { IN_STREAM } from "./parameters.ts";

const DEFAULT_EXCEPTION = "modelStreamErrorException";
const UNKNOWN_EVENT = "surprise";

const EVENT_STREAM = "[Amazon event stream](https://smithy.io/2.0/aws/amazon-eventstream.html)";
const STREAMING = "[Streaming messages](https://platform.claude.com/docs/en/build-with-claude/streaming)";
const RESPONSE_STREAM =
  "[ResponseStream](https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html)";

/** Faults in what a stream is made of: it arrives whole, and is not what it should be. */
export const FRAME_FAULTS: FaultKinds<
  "bad-checksum" | "exception" | "unknown-event" | "duplicate-event" | "unfinished" | "truncated-frame"
> = {
  "bad-checksum": {
    level: "frame",
    does: "A frame has a wrong checksum, of its prelude or of the whole message",
    parameters: { ...IN_STREAM, of: { read: oneOf(["message", "prelude"]), does: "which of the two; `message`" } },
    fits: "event streams",
    source: EVENT_STREAM,
    strike: ({ afterEvents = 1, of = "message" }, context) =>
      isEventStreamForm(resolveForm(context.exchange))
        ? { change: { kind: "bad-checksum", afterEvents, of } }
        : undefined,
  },
  exception: {
    level: "frame",
    does: "An exception breaks the stream off: a frame of its own, or `event: error`; what does not stream answers it with its status",
    parameters: {
      ...IN_STREAM,
      name: {
        read: oneOf([...new Set(STREAM_EXCEPTIONS.flatMap(({ name, errorType }) => [name, errorType]))]),
        does: `a name of \`STREAM_EXCEPTIONS\`; \`${DEFAULT_EXCEPTION}\``,
      },
      message: { read: text, does: "what it says; the words of the service" },
    },
    fits: "every reply",
    source: `${RESPONSE_STREAM}; [Error events](https://platform.claude.com/docs/en/build-with-claude/streaming#error-events)`,
    strike: ({ afterEvents = 1, name = DEFAULT_EXCEPTION, message }, { exchange }) => {
      const form = resolveForm(exchange);
      if (form === undefined) return undefined;
      // In code any name may stand here; one that is unknown is sent as it is.
      const row = findStreamException(name) ?? { name, errorType: "api_error", message: name, fault: "internal" };
      const words = message ?? row.message;
      if (!isStreamForm(form)) return { refusal: refusal(row.fault, words) };
      const exception = { name: row.name, errorType: row.errorType, message: words };
      return { change: { kind: "exception", afterEvents, exception } };
    },
  },
  "unknown-event": {
    level: "frame",
    does: "An event comes that nobody knows yet",
    parameters: { ...IN_STREAM, name: { read: text, does: `its type; \`${UNKNOWN_EVENT}\`` } },
    fits: "streams",
    source: `${STREAMING}: new event types may be added`,
    strike: ({ afterEvents = 1, name = UNKNOWN_EVENT }, context) =>
      inStream(context, { kind: "unknown-event", afterEvents, name }),
  },
  "duplicate-event": {
    level: "frame",
    does: "The last event that was sent comes once more",
    parameters: IN_STREAM,
    fits: "streams",
    source: `${STREAMING}: each event once, in its order`,
    strike: ({ afterEvents = 1 }, context) => inStream(context, { kind: "duplicate-event", afterEvents }),
  },
  unfinished: {
    level: "frame",
    does: "The stream ends well, but without its `message_stop`",
    parameters: {
      afterEvents: { read: wholeNumber(0), does: "how many events are sent; all before the end of the message" },
    },
    fits: "streams",
    source: `${STREAMING}: \`message_stop\` is the end`,
    strike: ({ afterEvents }, context) => inStream(context, { kind: "end", afterEvents }),
  },
  "truncated-frame": {
    level: "frame",
    does: "The stream ends well, but in the middle of a frame",
    parameters: IN_STREAM,
    fits: "streams",
    source: EVENT_STREAM,
    strike: ({ afterEvents = 1 }, context) => inStream(context, { kind: "half-frame", afterEvents }),
  },
};

const inStream = ({ exchange }: FaultContext, change: FrameChange): Effect | undefined =>
  isStreamForm(resolveForm(exchange)) ? { change } : undefined;
