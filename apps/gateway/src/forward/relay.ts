import type { BodySource } from "@claude-on-aws/fetch";
import type { AnswerReader } from "../usage/answer-reader.ts";
import { GatewayError } from "../gateway-error.ts";

/** What measures time; that of the runtime by default. */
export interface Timers {
  /** Calls back once, after a number of milliseconds. */
  readonly setTimeout: (callback: () => void, delayMs: number) => unknown;
  /** Forgets a callback. */
  readonly clearTimeout: (handle: unknown) => void;
}

/** How an answer is relayed. */
export interface RelayOptions {
  readonly source: BodySource;
  /** What was read of it already. */
  readonly first: Uint8Array | null;
  /** Reads it as it goes by. */
  readonly reader: AnswerReader | null;
  /** Whether it has to end as the reader says that it does; otherwise any end is one. */
  readonly hasEnd: boolean;
  /** After so many milliseconds of silence a `ping` is sent; 0 for none. */
  readonly pingAfterMs: number;
  readonly timers: Timers;
  readonly nowMs: () => number;
  /** Told of each part, and while nothing comes. */
  readonly onSign: () => void;
}

type Step = IteratorResult<Uint8Array, undefined>;

const END: Step = { done: true, value: undefined };

const PING = /* @__PURE__ */ new TextEncoder().encode('event: ping\ndata: {"type": "ping"}\n\n');

/** What the client is told in place of an end that did not come. */
const BROKEN = "Cannot finish the answer: it broke off on its way from the service, and what came of it is not whole";

/**
 * Gives the client an answer as it comes, byte for byte, each part when the client has taken the one before. In silence it says between two
 * events that it is still there. One that breaks off is never given an end: the client is told in the form of the stream, or the
 * connection is broken off too.
 */
export class Relay implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #options: RelayOptions;
  #first: Uint8Array | null;
  /** What is being read, or was, and was not given to the client yet. */
  #reading: Promise<Step> | undefined;
  #isOver = false;
  #timer: unknown;
  #hasTimer = false;
  /** Since when the client waits; undefined where it does not. */
  #waitingSince: number | undefined;
  #ping: (() => void) | undefined;
  #brokenBy: unknown;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#first = options.first;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** What broke it off before its end; undefined where nothing did. */
  get brokenBy(): unknown {
    return this.#brokenBy;
  }

  next(): Promise<Step> {
    const first = this.#first;
    if (first !== null) {
      this.#first = null;
      return Promise.resolve({ done: false, value: first });
    }
    if (this.#isOver) return Promise.resolve(END);
    if (this.#options.pingAfterMs === 0) return this.#read();
    this.#reading ??= this.#read();
    return this.#readOrPing(this.#reading);
  }

  return(): Promise<Step> {
    this.#stop();
    this.#options.source.cancel();
    return Promise.resolve(END);
  }

  async #read(): Promise<Step> {
    const { source, reader, onSign } = this.#options;
    let bytes: Uint8Array | null;
    try {
      bytes = await source.read();
    } catch (error) {
      return this.#breakOff(error);
    }
    if (bytes === null) {
      const isWhole = reader === null || !this.#options.hasEnd || reader.isWhole;
      if (!isWhole) return this.#breakOff(new GatewayError("ANSWER_BROKEN", BROKEN));
      this.#stop();
      return END;
    }
    reader?.feed(bytes);
    onSign();
    return { done: false, value: bytes };
  }

  #breakOff(error: unknown): Step {
    this.#stop();
    this.#brokenBy = error;
    const last = this.#options.hasEnd ? this.#options.reader?.endBroken(BROKEN) : undefined;
    if (last === undefined) throw error;
    return { done: false, value: last };
  }

  #stop(): void {
    this.#isOver = true;
    if (this.#hasTimer) this.#options.timers.clearTimeout(this.#timer);
    this.#hasTimer = false;
    this.#waitingSince = undefined;
  }

  #readOrPing(reading: Promise<Step>): Promise<Step> {
    this.#waitingSince = this.#options.nowMs();
    if (!this.#hasTimer) this.#watch(this.#options.pingAfterMs);
    return new Promise((resolve, reject) => {
      let isPinged = false;
      this.#ping = () => {
        isPinged = true;
        resolve({ done: false, value: PING });
      };
      const give = async (): Promise<void> => {
        const step = await reading;
        // Behind a ping it is for whoever asks next.
        if (isPinged) return;
        this.#reading = undefined;
        this.#waitingSince = undefined;
        resolve(step);
      };
      give().catch(reject);
    });
  }

  /** One timer serves many waits: to set one for each part would cost as much as the part. */
  #watch(delayMs: number): void {
    const { timers, nowMs, pingAfterMs, reader, onSign } = this.#options;
    this.#hasTimer = true;
    this.#timer = timers.setTimeout(() => {
      this.#hasTimer = false;
      if (this.#waitingSince === undefined) return;
      const left = this.#waitingSince + pingAfterMs - nowMs();
      if (left > 0) return this.#watch(left);
      onSign();
      if (reader?.isBetweenEvents !== true) return this.#watch(pingAfterMs);
      this.#waitingSince = undefined;
      this.#ping?.();
    }, delayMs);
  }
}
