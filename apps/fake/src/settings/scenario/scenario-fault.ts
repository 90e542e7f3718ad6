import type { FaultName } from "../../terms/faults.ts";
import type { ScenarioRefusal } from "./scenario-reply.ts";

/** How often a fault strikes where it is due. */
interface FaultChance {
  /**
   * How likely it strikes, from 0 to 1.
   *
   * @default {1}
   */
  readonly probability?: number | undefined;
  /**
   * What chance is made from: the same number decides alike.
   *
   * @default {0}
   */
  readonly seed?: number | undefined;
  /**
   * How often it strikes.
   *
   * @default {as often as it is due}
   */
  readonly times?: number | undefined;
}

/** Where in a reply a fault strikes. At most one of the two. */
export interface FaultPlace {
  /** How many events of a stream are sent before it; a reply that is no stream does not meet it then. */
  readonly afterEvents?: number | undefined;
  /** How many bytes of the body are sent before it. */
  readonly afterBytes?: number | undefined;
}

/** The connection dies, with RST; on HTTP/2 the stream, with RST_STREAM. Where no place is given, before anything is sent. */
interface ResetFault extends FaultChance, FaultPlace {
  readonly kind: "reset";
}

/** The connection is closed in the middle of the body; on HTTP/2 the stream, with RST_STREAM. Where no place is given, behind the head. */
interface CutFault extends FaultChance, FaultPlace {
  readonly kind: "cut";
}

/** Nothing more comes until the client leaves or the fake is reset. Where no place is given, nothing comes at all. */
interface StallFault extends FaultChance, FaultPlace {
  readonly kind: "stall";
}

/** The body comes a few bytes at a time. */
interface DripFault extends FaultChance {
  readonly kind: "drip";
  /**
   * How many bytes at a time.
   *
   * @default {16}
   */
  readonly bytes?: number | undefined;
  /**
   * Time between two of them, in milliseconds.
   *
   * @default {0}
   */
  readonly everyMs?: number | undefined;
}

/** The body is cut at odd places, within characters and frames; all of it comes. */
interface SliceFault extends FaultChance {
  readonly kind: "slice";
  /**
   * How long a slice is at most, in bytes.
   *
   * @default {64}
   */
  readonly maxBytes?: number | undefined;
}

/** A page of a proxy in front of the service. */
interface ProxyPageFault extends FaultChance {
  readonly kind: "proxy-page";
  /** @default {502} */
  readonly status?: number | undefined;
}

/** The reply says that it is something else than it is. */
interface ContentTypeFault extends FaultChance {
  readonly kind: "content-type";
  /** @default {"text/plain"} */
  readonly value?: string | undefined;
}

interface InStream extends FaultChance {
  /**
   * How many events of the stream are sent before it.
   *
   * @default {1}
   */
  readonly afterEvents?: number | undefined;
}

/** A frame whose checksum is wrong. */
interface BadChecksumFault extends InStream {
  readonly kind: "bad-checksum";
  /** @default {"message"} */
  readonly of?: "message" | "prelude" | undefined;
}

/** An exception in the middle of a stream: a frame of its own, or `event: error`. What does not stream answers its status. */
interface ExceptionFault extends InStream {
  readonly kind: "exception";
  /**
   * A name of `STREAM_EXCEPTIONS`, such as `throttlingException` or `overloaded_error`.
   *
   * @default {"modelStreamErrorException"}
   */
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** An event that nobody knows yet. */
interface UnknownEventFault extends InStream {
  readonly kind: "unknown-event";
  /** @default {"surprise"} */
  readonly name?: string | undefined;
}

/** The last event that was sent comes once more. */
interface DuplicateEventFault extends InStream {
  readonly kind: "duplicate-event";
}

/** The stream ends well, but without its end. */
interface UnfinishedFault extends FaultChance {
  readonly kind: "unfinished";
  /**
   * How many events of the stream are sent.
   *
   * @default {all before the end of the message}
   */
  readonly afterEvents?: number | undefined;
}

/** The stream ends in the middle of a frame. */
interface TruncatedFrameFault extends InStream {
  readonly kind: "truncated-frame";
}

/** Too many requests: 429. */
interface ThrottleFault extends FaultChance, ScenarioRefusal {
  readonly kind: "throttle";
}

/** The service is overloaded: 529, or on Amazon Bedrock what `facts.overloadStatusOnBedrock` says. */
interface OverloadFault extends FaultChance, ScenarioRefusal {
  readonly kind: "overload";
}

/** Any refusal of the fake, by its name or its status: typed exceptions of AWS, 5xx. */
interface ErrorFault extends FaultChance, ScenarioRefusal {
  readonly kind: "error";
  /** A name of `FAULTS`. */
  readonly name?: FaultName | undefined;
  /**
   * HTTP status; given with a name, it takes the place of that name's own.
   *
   * @default {500, where there is no name}
   */
  readonly status?: number | undefined;
}

/** The session or the key has ended. */
interface ExpiredCredentialsFault extends FaultChance {
  readonly kind: "expired-credentials";
}

/** The clock of the server stands elsewhere: a signature is too old, or from the future. */
interface ClockSkewFault extends FaultChance {
  readonly kind: "clock-skew";
  /**
   * How far the clock of the server is ahead, in minutes; below 0, behind.
   *
   * @default {15}
   */
  readonly minutes?: number | undefined;
}

/** The access key or the API key is known no more. */
interface RotatedKeyFault extends FaultChance {
  readonly kind: "rotated-key";
}

/** The workspace was archived. */
interface RevokedWorkspaceFault extends FaultChance {
  readonly kind: "revoked-workspace";
}

/** A policy denies the region. */
interface DeniedRegionFault extends FaultChance {
  readonly kind: "denied-region";
}

/** The account has access to the model no more. */
interface WithdrawnModelFault extends FaultChance {
  readonly kind: "withdrawn-model";
}

/** A proxy changed a header that was signed. */
interface RewrittenHeaderFault extends FaultChance {
  readonly kind: "rewritten-header";
  /**
   * Name of the header. A request that did not sign it does not meet the fault.
   *
   * @default {"host"}
   */
  readonly header?: string | undefined;
  /** @default {"proxy.internal"} */
  readonly value?: string | undefined;
}

/**
 * What goes wrong, and how often: on the wire, in a frame, or in the service. `FAULT_KINDS` is the table of all kinds.
 *
 * @example The first call meets a dead connection, the second one a throttle
 * ```ts
 * import { parseScenario } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const { replies } = parseScenario(`{
 *   "replies": [{
 *     "fault": [{ "kind": "reset", "times": 1 }, { "kind": "throttle", "times": 1, "retryAfterSeconds": 0 }],
 *     "reply": { "text": "It rains." }
 *   }]
 * }`);
 *
 * equal(replies.length, 1);
 * ```
 */
export type ScenarioFault =
  | ResetFault
  | CutFault
  | StallFault
  | DripFault
  | SliceFault
  | ProxyPageFault
  | ContentTypeFault
  | BadChecksumFault
  | ExceptionFault
  | UnknownEventFault
  | DuplicateEventFault
  | UnfinishedFault
  | TruncatedFrameFault
  | ThrottleFault
  | OverloadFault
  | ErrorFault
  | ExpiredCredentialsFault
  | ClockSkewFault
  | RotatedKeyFault
  | RevokedWorkspaceFault
  | DeniedRegionFault
  | WithdrawnModelFault
  | RewrittenHeaderFault;

/** Name of a kind of fault. */
export type ScenarioFaultKind = ScenarioFault["kind"];
