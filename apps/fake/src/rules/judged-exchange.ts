import { splitTarget } from "@claude-on-aws/endpoints";
import type { Evidence, SignatureEvidence } from "../evidence/evidence.ts";
import type { TargetMark } from "../evidence/target-marks.ts";
import { BURST_GAP_MS, mayBeOtherCall } from "./attempt.ts";
import type { Course } from "./conversation-index.ts";
import type { BodyFields } from "../record/body-fields.ts";
import type { AuthenticationKind } from "../terms/authentication-kind.ts";

/** Attempts of one call of which the time is remembered. */
const MAX_TIMES = 6;

/**
 * An exchange as a rule sees it: the evidence of it, with what the same client
 * sent before. What takes work is done when a rule asks for it, and once.
 */
export class JudgedExchange {
  readonly evidence: Evidence;
  /** The same client's exchange of which this one is a retry. */
  readonly retryOf: JudgedExchange | undefined;
  /** Whether it may be a call of its own all the same: it came close behind that one, and does not say that it is a retry. */
  readonly mayBeOtherCall: boolean;
  /** The attempt that this is of one call at least, from 1. */
  readonly attempt: number;
  /** When the last six attempts of the call came, this one last: milliseconds since 1970. */
  readonly attemptTimes: readonly number[];
  /** The attempts that came with less than 100 ms between them, this one last. */
  readonly burst: { readonly attempts: number; readonly sinceMs: number };
  /** What came before it in its conversation. */
  readonly course: Course;
  #headers: ReadonlyMap<string, readonly string[]> | undefined;
  #fields: BodyFields | undefined;

  /**
   * @param evidence What is known of it.
   * @param retryOf What it is a retry of, if it is one.
   * @param course What came before it in its conversation.
   */
  constructor(evidence: Evidence, retryOf?: JudgedExchange, course: Course = {}) {
    this.evidence = evidence;
    this.course = course;
    this.mayBeOtherCall = retryOf !== undefined && mayBeOtherCall(evidence, retryOf.evidence);
    this.attempt = (retryOf?.attempt ?? 0) + (this.mayBeOtherCall ? 0 : 1);
    const timeMs = Date.parse(evidence.time);
    this.attemptTimes = [...(retryOf?.attemptTimes ?? []), timeMs].slice(-MAX_TIMES);
    const isBurst = timeMs - (retryOf?.attemptTimes.at(-1) ?? Number.NEGATIVE_INFINITY) < BURST_GAP_MS;
    const { attempts, sinceMs } = isBurst && retryOf !== undefined ? retryOf.burst : { attempts: 0, sinceMs: timeMs };
    this.burst = { attempts: attempts + 1, sinceMs };
    // Only one step back: a client that retries for ever must not keep its whole past alive.
    this.retryOf = retryOf && new JudgedExchange(retryOf.evidence);
  }

  get provider(): Evidence["provider"] {
    return this.evidence.provider;
  }

  /** Name of the operation; absent where the provider has no such route. */
  get operation(): string | undefined {
    return this.evidence.operation;
  }

  get reply(): Evidence["reply"] {
    return this.evidence.reply;
  }

  /** The values of each header by its lower-case name, in the order they were sent; without secrets. */
  get headers(): ReadonlyMap<string, readonly string[]> {
    if (this.#headers !== undefined) return this.#headers;
    const index = new Map<string, string[]>();
    for (const [name, value] of this.evidence.request.headers) {
      const lower = name.toLowerCase();
      const values = index.get(lower);
      if (values === undefined) index.set(lower, [value]);
      else values.push(value);
    }
    return (this.#headers = index);
  }

  /** The first value of a header; `name` in lower case. */
  value(name: string): string | undefined {
    return this.headers.get(name)?.[0];
  }

  /** The path as it was sent, without the query and without secrets: to show it. What is to be said of it are marks. */
  get path(): string {
    return splitTarget(this.evidence.request.target).path;
  }

  /** The query as it was sent, without the question mark and without secrets: to show it. */
  get query(): string {
    return splitTarget(this.evidence.request.target).query;
  }

  /** Whether something is to be said of the target as it was sent. */
  hasMark(mark: TargetMark): boolean {
    return this.evidence.request.marks.includes(mark);
  }

  /** How the request says who sent it. */
  get kind(): AuthenticationKind {
    return this.evidence.authentication.kind;
  }

  /** The parts of the signature; absent where there is none that can be read. */
  get signature(): SignatureEvidence | undefined {
    return this.evidence.authentication.signature;
  }

  /** Names of the signed headers, in lower case; empty where there is no signature. */
  get signedHeaders(): readonly string[] {
    return this.signature?.signedHeaders ?? [];
  }

  /** The top level of the body; absent where it is no JSON object, or was too long to be kept and never read. */
  get fields(): BodyFields | undefined {
    const { fields } = this.evidence.body;
    return fields && (this.#fields ??= new Map(fields));
  }
}
