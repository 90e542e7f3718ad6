/**
 * How an exchange ended.
 *
 * - `whole`: the whole reply was handed to the operating system.
 * - `client-left`: the client closed its connection or reset its stream.
 * - `server-cut`: the body of the reply failed, the reply could not be written or asked to be broken off, or the server was closed.
 * - `timed-out`: the client was too slow, with its body or with taking the reply.
 */
export type Outcome = "whole" | "client-left" | "server-cut" | "timed-out";

/** How far an exchange had come: its body was coming in, its handler was at work, or its reply was being written. */
export type Stage = "request" | "handler" | "reply";

/** The end of an exchange. Times are in milliseconds from when the head of the request was whole. */
export interface ExchangeEnd {
  readonly outcome: Outcome;
  readonly stage: Stage;
  /** When the head of the reply was handed over; absent where it never was. */
  readonly firstByteMs?: number;
  /** When the last of the body was handed over; that of the head where the reply has no body. */
  readonly lastByteMs?: number;
  /** Bytes of the reply's body that were handed over. */
  readonly bytes: number;
  /** What cut it, where that is known: what the body of the reply threw, or a `ListenError`. */
  readonly error?: unknown;
}

const WHOLE = { outcome: "whole", stage: "reply", error: undefined } as const;

/** Follows one reply for whoever wants to know its end, and tells it once. */
export class EndReporter {
  readonly #tell: (end: ExchangeEnd) => void;
  readonly #startedAt: number;
  #firstByteMs: number | undefined;
  #lastByteMs: number | undefined;
  #bytes = 0;
  #told = false;
  #blamed: { readonly outcome: Outcome; readonly stage: Stage; readonly error: unknown } | undefined;

  constructor(tell: (end: ExchangeEnd) => void, startedAt: number) {
    this.#tell = tell;
    this.#startedAt = startedAt;
  }

  /** Notes that the head, or a piece of the body, was handed over. */
  wrote(bytes: number): void {
    this.#bytes += bytes;
    this.#lastByteMs = now() - this.#startedAt;
    this.#firstByteMs ??= this.#lastByteMs;
  }

  /** Notes what went wrong before the reply, which is no whole one then, however much of it is written. */
  blame(outcome: Outcome, stage: Stage, error: unknown): void {
    this.#blamed = { outcome, stage, error };
  }

  /** Tells that all of it was written. */
  endWhole(): void {
    const { outcome, stage, error } = this.#blamed ?? WHOLE;
    this.end(outcome, stage, error);
  }

  /** Tells the end; what comes after the first is none. */
  end(outcome: Outcome, stage: Stage, error?: unknown): void {
    if (this.#told) return;
    this.#told = true;
    // Put together without spreads: those cost more than all else here.
    const told: { -readonly [Field in keyof ExchangeEnd]: ExchangeEnd[Field] } = { outcome, stage, bytes: this.#bytes };
    if (this.#firstByteMs !== undefined) told.firstByteMs = this.#firstByteMs;
    if (this.#lastByteMs !== undefined) told.lastByteMs = this.#lastByteMs;
    if (error !== undefined) told.error = error;
    try {
      this.#tell(told);
    } catch {
      // Whoever listens must not take the connection down, and with it the exchanges of others.
    }
  }
}

/** A clock that only goes forward, in milliseconds. */
export const now = (): number => performance.now();
