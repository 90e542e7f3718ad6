import type { FaultName } from "../../terms/faults.ts";
import type { GivenBlock } from "../given-block.ts";
import type { ScenarioRequest } from "./scenario-request.ts";

/** Decides on a request. */
export type ScenarioReplier = (
  request: ScenarioRequest,
) => ScenarioReply | undefined | Promise<ScenarioReply | undefined>;

/** What is answered. */
export type ScenarioReply = ScenarioMessage | ScenarioThrottle | ScenarioOverload | ScenarioFailure;

interface Delayed {
  /** Time before anything is answered, in milliseconds. */
  readonly delayMs?: number | undefined;
}

/** A message. At most one of `text`, `content` and `toolCall`; where none is given, what the fake would have said. */
export interface ScenarioMessage extends Delayed {
  readonly text?: string | undefined;
  /** Blocks of the Messages API: `text`, `thinking`, `redacted_thinking`, `tool_use`. */
  readonly content?: readonly GivenBlock[] | undefined;
  /** A call of one tool. */
  readonly toolCall?: ScenarioToolCall | undefined;
  /** @default {what the content says: `tool_use` or `end_turn`} */
  readonly stopReason?: string | undefined;
  readonly stopSequence?: string | undefined;
  /** Time between two events of a stream, in milliseconds. */
  readonly eventDelayMs?: number | undefined;
  /** How many events of a stream are sent before it ends without its end. */
  readonly cutAfterEvents?: number | undefined;
  /**
   * How many events of a stream are sent before the exception.
   *
   * @default {1, where there is an exception}
   */
  readonly failAfterEvents?: number | undefined;
  /**
   * What breaks the stream off: a name of `STREAM_EXCEPTIONS`, such as `throttlingException` or `overloaded_error`. An
   * operation that does not stream answers it with its status.
   *
   * @default {"modelStreamErrorException", where there is `failAfterEvents`}
   */
  readonly exception?: string | undefined;
  /** What the exception says. */
  readonly exceptionMessage?: string | undefined;
}

/** A call of a tool. */
export interface ScenarioToolCall {
  readonly name: string;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly id?: string | undefined;
}

/** What a refusal may say. */
export interface ScenarioRefusal {
  readonly message?: string | undefined;
  /** The header `retry-after`, in seconds; absent where it is left out. */
  readonly retryAfterSeconds?: number | undefined;
  /** Further headers, such as `x-should-retry`; they take the place of those of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Too many requests: 429. */
export interface ScenarioThrottle extends Delayed {
  readonly throttle: ScenarioRefusal;
}

/** The service is overloaded: 529, or on Amazon Bedrock what `facts.overloadStatusOnBedrock` says. */
export interface ScenarioOverload extends Delayed {
  readonly overload: ScenarioRefusal;
}

/** Any refusal of the fake, by its name or its status. */
export interface ScenarioFailure extends Delayed {
  readonly error: ScenarioRefusal & {
    /** A name of `FAULTS`. */
    readonly name?: FaultName | undefined;
    /** HTTP status; given with a name, it takes the place of that name's own. */
    readonly status?: number | undefined;
  };
}
