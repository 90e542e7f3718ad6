import { FetchError, type FetchErrorCode } from "../fetch-error.ts";

/** How long each part of an exchange may take, in milliseconds; 0 is without a limit. */
export interface TimeLimits {
  /**
   * Until the connection stands, TLS included. Where the runtime does not tell, this time belongs to the first byte.
   *
   * @default {10_000}
   */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * From then until the head of the answer: a message that is not streamed is written whole before.
   *
   * @default {600_000}
   */
  readonly firstByteTimeoutMs?: number | undefined;
  /**
   * Between two parts of an answer's body, while somebody waits for it.
   *
   * @default {300_000}
   */
  readonly stallTimeoutMs?: number | undefined;
  /**
   * For all of it: every attempt, the waits between them, and the body.
   *
   * @default {0: without a limit}
   */
  readonly totalTimeoutMs?: number | undefined;
}

const DEFAULTS: Readonly<Record<keyof TimeLimits, number>> = {
  connectTimeoutMs: 10_000,
  firstByteTimeoutMs: 600_000,
  stallTimeoutMs: 300_000,
  totalTimeoutMs: 0,
};

/** What each limit stops, in words, and the code that says so. */
const STOPPED: Readonly<Record<keyof TimeLimits, readonly [FetchErrorCode, string]>> = {
  connectTimeoutMs: ["CONNECT_TIMEOUT", "Cannot connect to the service: no connection stood after"],
  firstByteTimeoutMs: ["FIRST_BYTE_TIMEOUT", "Cannot get an answer: the service sent nothing for"],
  stallTimeoutMs: ["STALL_TIMEOUT", "Cannot go on with the answer: nothing more came for"],
  totalTimeoutMs: ["TOTAL_TIMEOUT", "Cannot finish the exchange: it was not over after"],
};

/** Limits with every one of them given. */
export type AllTimeLimits = { readonly [Name in keyof TimeLimits]-?: number };

/**
 * Fills in the limits that are left out.
 *
 * @param limits The limits.
 * @returns All of them.
 */
export function resolveTimeLimits(limits: TimeLimits): AllTimeLimits {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/** Stops one exchange where a limit is reached, or where the caller says so. */
export class ExchangeTimer {
  readonly #limits: AllTimeLimits;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | null;
  readonly #timers = new Map<keyof TimeLimits, ReturnType<typeof setTimeout>>();
  /** Since when somebody waits for the body; `undefined` where nobody does. */
  #waitingSince: number | undefined;
  readonly #abort = (): void => this.#controller.abort(this.#caller?.reason);

  constructor(limits: AllTimeLimits, caller: AbortSignal | null) {
    this.#limits = limits;
    this.#caller = caller;
    if (caller?.aborted === true) this.#abort();
    else caller?.addEventListener("abort", this.#abort);
  }

  /** Aborted with the caller's reason, or with a {@link FetchError} that names the limit. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether the caller ended it, and not a limit. */
  get isAborted(): boolean {
    return this.#controller.signal.aborted && !(this.#controller.signal.reason instanceof FetchError);
  }

  /** Starts to count for a limit. */
  start(limit: keyof TimeLimits): void {
    const ms = this.#limits[limit];
    this.stop(limit);
    if (ms > 0)
      this.#timers.set(
        limit,
        setTimeout(() => this.#reach(limit), ms),
      );
  }

  /** Counts for a limit no more. */
  stop(limit: keyof TimeLimits): void {
    clearTimeout(this.#timers.get(limit));
    this.#timers.delete(limit);
  }

  /** Says that somebody waits for the body. One timer serves many waits: to set one for each part costs as much as the part. */
  wait(): void {
    if (this.#limits.stallTimeoutMs === 0) return;
    this.#waitingSince = performance.now();
    if (!this.#timers.has("stallTimeoutMs")) this.#watch(this.#limits.stallTimeoutMs);
  }

  /** Says that something came. */
  cease(): void {
    this.#waitingSince = undefined;
  }

  /** Counts for nothing any more, and is no longer told of the caller. */
  end(): void {
    for (const limit of this.#timers.keys()) this.stop(limit);
    this.#caller?.removeEventListener("abort", this.#abort);
  }

  #watch(ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete("stallTimeoutMs");
      if (this.#waitingSince === undefined) return;
      const left = this.#waitingSince + this.#limits.stallTimeoutMs - performance.now();
      if (left > 0) this.#watch(left);
      else this.#reach("stallTimeoutMs");
    }, ms);
    this.#timers.set("stallTimeoutMs", timer);
  }

  #reach(limit: keyof TimeLimits): void {
    const [code, words] = STOPPED[limit];
    const message = `${words} ${this.#limits[limit]} ms; raise ${limit} to wait longer`;
    this.#controller.abort(new FetchError(code, message));
  }
}
