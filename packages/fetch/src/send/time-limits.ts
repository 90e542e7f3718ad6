import { FetchError, type FetchErrorCode } from "../fetch-error.ts";
import { Stop, type StopSignal } from "./stop.ts";

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

const NAMES = /* @__PURE__ */ Object.keys(DEFAULTS) as readonly (keyof TimeLimits)[];

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

/**
 * Stops one exchange where a limit is reached, or where something around it says so. One timer serves all limits, and many waits:
 * to set one for each costs as much as what is waited for.
 */
export class ExchangeTimer {
  /** Ends with a {@link FetchError} that names the limit, or for the reason of what is around it. */
  readonly stopped: Stop = new Stop();
  readonly #limits: AllTimeLimits;
  readonly #forget: () => void;
  /** When each limit is reached, in milliseconds of {@link performance}; a limit that is not counted for is not there. */
  readonly #deadlines: { -readonly [Name in keyof TimeLimits]?: number | undefined } = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer rings. */
  #ringsAt = Infinity;

  /**
   * @param limits The limits.
   * @param around What ends this exchange as well: the caller's signal, or the exchange of which it is an attempt.
   */
  constructor(limits: AllTimeLimits, around: AbortSignal | StopSignal | null) {
    this.#limits = limits;
    this.#forget = around === null ? nothing : follow(around, this.stopped);
  }

  /** Whether something else ended it, and not a limit. */
  get isAborted(): boolean {
    return this.stopped.isStopped && !(this.stopped.reason instanceof FetchError);
  }

  /** Starts to count for a limit. */
  start(limit: keyof TimeLimits): void {
    const ms = this.#limits[limit];
    if (ms === 0) return;
    const at = performance.now() + ms;
    this.#deadlines[limit] = at;
    if (at < this.#ringsAt) this.#ringAt(at, ms);
  }

  /** Counts for a limit no more. The timer stays: nearly always it rings for nobody, or never. */
  stop(limit: keyof TimeLimits): void {
    this.#deadlines[limit] = undefined;
  }

  /** Counts for nothing any more, and is no longer told of what is around it. */
  end(): void {
    clearTimeout(this.#timer);
    this.#ringsAt = Infinity;
    this.#forget();
  }

  #ringAt(at: number, ms: number): void {
    clearTimeout(this.#timer);
    this.#ringsAt = at;
    this.#timer = setTimeout(this.#ring, ms);
  }

  readonly #ring = (): void => {
    this.#ringsAt = Infinity;
    let [limit, at]: [keyof TimeLimits, number] = ["totalTimeoutMs", Infinity];
    for (const name of NAMES) {
      const deadline = this.#deadlines[name] ?? Infinity;
      if (deadline < at) [limit, at] = [name, deadline];
    }
    const left = at - performance.now();
    if (left === Infinity) return;
    if (left > 0) return this.#ringAt(at, left);
    const [code, words] = STOPPED[limit];
    const message = `${words} ${this.#limits[limit]} ms; raise ${limit} to wait longer`;
    this.stopped.stop(new FetchError(code, message));
  };
}

const nothing = (): void => undefined;

/** Lets one end with another; returns what stops that. */
function follow(around: AbortSignal | StopSignal, stop: Stop): () => void {
  const end = (): void => stop.stop(around.reason);
  if ("listen" in around) {
    if (around.isStopped) end();
    return around.listen(end);
  }
  if (around.aborted) end();
  around.addEventListener("abort", end);
  return () => around.removeEventListener("abort", end);
}
