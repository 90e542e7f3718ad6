import type { GivenBlock } from "./given-block.ts";
import type { FaultName } from "../terms/faults.ts";
import type { Provider } from "../terms/provider.ts";

/**
 * A script of replies. Of the rows that fit a request, the first that is not used up answers; where none does, the
 * fake answers as it does without a scenario. A request that a check refuses meets no row.
 *
 * @example In code
 * ```ts
 * import { createFake, type Scenario } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const scenario: Scenario = {
 *   replies: [
 *     { when: { operation: "CreateMessage" }, times: 1, reply: { throttle: { retryAfterSeconds: 1 } } },
 *     { when: { text: "weather" }, reply: { text: "It rains." } },
 *   ],
 * };
 *
 * equal(createFake({ scenario }).settings.scenario, scenario);
 * ```
 */
export interface Scenario {
  /** Rows in the order in which they are asked. */
  readonly replies: readonly ScenarioRow[];
}

/** One row of a {@link Scenario}. */
export interface ScenarioRow {
  /**
   * What a request must be like.
   *
   * @default {any request that asks for a message}
   */
  readonly when?: ScenarioWhen | undefined;
  /**
   * How many requests it answers.
   *
   * @default {all}
   */
  readonly times?: number | undefined;
  /** What is answered; in code also a function of the request, of which `undefined` asks the next row. */
  readonly reply: ScenarioReply | ScenarioReplier;
}

/** What a request must be like; what is left out may be anything. */
export interface ScenarioWhen {
  readonly provider?: Provider | undefined;
  /**
   * Names of operations, such as `CreateMessage` or `ConverseStream`.
   *
   * @default {every operation that answers a message}
   */
  readonly operation?: string | readonly string[] | undefined;
  /** Model as the client names it, or as the fake calls it; `*` stands for any characters. */
  readonly model?: string | undefined;
  /** Text that the last message of the user holds. */
  readonly text?: string | undefined;
}

/** What a function of a row is told. */
export interface ScenarioRequest {
  readonly provider: Provider;
  readonly operation: string;
  /** As the client wrote it; empty where the operation takes none. */
  readonly model: string;
  /** Text of the user's last message. */
  readonly text: string;
  /** The body. */
  readonly input: Readonly<Record<string, unknown>>;
}

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
