import type { Evidence } from "../evidence/evidence.ts";
import { bodyKey, invocationId, isAboutCaller, isInTime, retryCount } from "./attempt.ts";

/** A refused exchange that nobody has retried yet, and where it is found. */
interface OpenAttempt {
  readonly evidence: Evidence;
  readonly keys: readonly string[];
}

/**
 * Finds of which exchange each one is a retry, as they come: the last one of
 * the same client with the same method and target that was refused, and that
 * carried the same call.
 *
 * The AWS SDKs say which call an attempt belongs to. Elsewhere the body must be
 * the same, or the client's own count must follow. Where a client counts and
 * says that this is the first attempt, it is.
 *
 * What it costs does not grow with what came before: refused exchanges are
 * looked up by what their retries have in common with them.
 */
export class RetryIndex {
  readonly #maxOpen: number;
  /** Oldest first: those to forget first. */
  readonly #open = new Set<OpenAttempt>();
  readonly #byKey = new Map<string, OpenAttempt[]>();

  /** @param maxOpen How many refused exchanges are remembered for their retries; the oldest are forgotten first. */
  constructor(maxOpen: number) {
    this.#maxOpen = maxOpen;
  }

  /**
   * Takes in the next exchange.
   *
   * @param evidence Not older than those before it.
   * @returns The exchange of which it is a retry; `undefined` where it is none.
   */
  add(evidence: Evidence): Evidence | undefined {
    const retried = this.#find(evidence);
    if (retried !== undefined) this.#forget(retried);
    if (evidence.reply.status >= 400) this.#remember(evidence);
    return retried?.evidence;
  }

  /** How many refused exchanges wait for a retry. */
  get size(): number {
    return this.#open.size;
  }

  #find(evidence: Evidence): OpenAttempt | undefined {
    const invocation = invocationId(evidence);
    if (invocation !== undefined) return this.#last(keyOfInvocation(evidence, invocation), evidence);
    const count = retryCount(evidence);
    if (count === 0) return undefined;
    const same = this.#last(keyOfSame(evidence), evidence);
    const ofOther = this.#last(keyOfAnyCaller(evidence), evidence);
    const last = later(same, ofOther);
    if (last !== undefined || count === undefined) return last;
    return this.#last(keyOfCount(evidence, count - 1), evidence);
  }

  /** The last one under a key; those for which it is too late by now are forgotten on the way. */
  #last(key: string, next: Evidence): OpenAttempt | undefined {
    for (;;) {
      const attempt = this.#byKey.get(key)?.at(-1);
      if (attempt === undefined || isInTime(attempt.evidence, next)) return attempt;
      this.#forget(attempt);
    }
  }

  #remember(evidence: Evidence): void {
    const attempt = { evidence, keys: keysOf(evidence) };
    this.#open.add(attempt);
    for (const key of attempt.keys) {
      const attempts = this.#byKey.get(key);
      if (attempts === undefined) this.#byKey.set(key, [attempt]);
      else attempts.push(attempt);
    }
    for (const oldest of this.#open) {
      if (this.#open.size <= this.#maxOpen) return;
      this.#forget(oldest);
    }
  }

  #forget(attempt: OpenAttempt): void {
    this.#open.delete(attempt);
    for (const key of attempt.keys) {
      const attempts = this.#byKey.get(key);
      if (attempts === undefined) continue;
      // It is nearly always the first or the last.
      if (attempts[0] === attempt) attempts.shift();
      else attempts.splice(attempts.lastIndexOf(attempt), 1);
      if (attempts.length === 0) this.#byKey.delete(key);
    }
  }
}

/** Which of two came later. */
function later(a: OpenAttempt | undefined, b: OpenAttempt | undefined): OpenAttempt | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.evidence.seen >= b.evidence.seen ? a : b;
}

const keyOfInvocation = ({ fingerprints }: Evidence, invocation: string): string =>
  JSON.stringify(["invocation", fingerprints.call, invocation]);

const keyOfSame = (evidence: Evidence): string => {
  const { call, caller } = evidence.fingerprints;
  return JSON.stringify(["same", call, caller, bodyKey(evidence)]);
};

const keyOfAnyCaller = (evidence: Evidence): string =>
  JSON.stringify(["any caller", evidence.fingerprints.call, bodyKey(evidence)]);

const keyOfCount = ({ fingerprints: { call, caller } }: Evidence, count: number): string =>
  JSON.stringify(["count", call, caller, count]);

/** All keys under which a retry may look for a refused exchange. */
function keysOf(evidence: Evidence): readonly string[] {
  const invocation = invocationId(evidence);
  const count = retryCount(evidence);
  return [
    keyOfSame(evidence),
    ...(isAboutCaller(evidence) ? [keyOfAnyCaller(evidence)] : []),
    ...(invocation === undefined ? [] : [keyOfInvocation(evidence, invocation)]),
    ...(count === undefined ? [] : [keyOfCount(evidence, count)]),
  ];
}
