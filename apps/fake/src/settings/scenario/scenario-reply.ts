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

/** The counters of the Messages API that every form can say. */
export const USAGE_COUNTERS: readonly string[] = [
  "input_tokens",
  "output_tokens",
  "cache_creation_input_tokens",
  "cache_read_input_tokens",
];

/**
 * A message, in the words of the Messages API. At most one of `text`, `json`, `content`, `toolCall` and `toolCalls`; where none
 * is given, what the fake would have said.
 */
export interface ScenarioMessage extends Delayed {
  readonly text?: string | undefined;
  /** What is said as JSON: structured output. */
  readonly json?: unknown;
  /**
   * Blocks of the Messages API: text with its citations, thinking, calls of tools, tools of the service and their results.
   * Converse has no place for the last.
   */
  readonly content?: readonly GivenBlock[] | undefined;
  /** A call of one tool. */
  readonly toolCall?: ScenarioToolCall | undefined;
  /** Calls of several tools at once. */
  readonly toolCalls?: readonly ScenarioToolCall[] | undefined;
  /** @default {what the content says: `tool_use` or `end_turn`} */
  readonly stopReason?: string | undefined;
  readonly stopSequence?: string | undefined;
  /**
   * Counters of the Messages API, such as `cache_read_input_tokens`.
   *
   * @default {what the fake counts}
   */
  readonly usage?: Readonly<Record<string, unknown>> | undefined;
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
interface ScenarioToolCall {
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
interface ScenarioThrottle extends Delayed {
  readonly throttle: ScenarioRefusal;
}

/** The service is overloaded: 529, or on Amazon Bedrock what `facts.overloadStatusOnBedrock` says. */
interface ScenarioOverload extends Delayed {
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
