import type { ClaudeMessage } from "../claude/claude-message.ts";
import { StreamError } from "../stream-error.ts";
import { runtimeTimers, type SilenceOptions, type StreamTimers } from "./stream-timers.ts";

/** Makes something of a source's bytes, and hands it to the `enqueue` it was made with. */
export interface SourceReader<T> {
  feed(bytes: Uint8Array): void;
  end(): void;
  /** What had come of a message, for an error that does not come from the reader. */
  readonly partialMessage?: ClaudeMessage | undefined;
  /** The error for a source that failed; left out, its own. */
  readonly interrupt?: ((cause: unknown) => unknown) | undefined;
  /** What is said in place of an error before the stream closes; left out, the stream fails with it. */
  readonly fail?: ((error: StreamError) => T) | undefined;
  /** Made where the source is silent for `pingIntervalMs`. */
  readonly ping?: (() => T) | undefined;
}

/** Options for {@link readSource}. */
export interface ReadSourceOptions extends SilenceOptions {
  readonly pingIntervalMs?: number | undefined;
}

/** A timer that can be waited for; it stands still once cleared. */
class Alarm {
  readonly #timers: StreamTimers;
  readonly #handle: unknown;
  readonly rang: Promise<void>;

  constructor(timers: StreamTimers, delayMs: number) {
    this.#timers = timers;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.rang = promise;
    this.#handle = timers.setTimeout(resolve, delayMs);
  }

  clear(): void {
    this.#timers.clearTimeout(this.#handle);
  }
}

/** Aborting is the caller's own doing: it is told as what it is. */
const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");

/** Puts what had come of the message on an error of this package that has none yet; returns the error. */
export function withPartialMessage(error: unknown, partialMessage: ClaudeMessage | undefined): unknown {
  if (error instanceof StreamError && error.partialMessage === undefined) {
    (error as { partialMessage: ClaudeMessage | undefined }).partialMessage = partialMessage;
  }
  return error;
}

/**
 * Reads a source only as fast as the result is read: nothing is read ahead, and one chunk's worth is queued.
 * Cancelling the result cancels the source. What came before an error is read before the error.
 */
export function readSource<T>(
  source: ReadableStream<Uint8Array>,
  makeReader: (enqueue: (value: T) => void) => SourceReader<T>,
  options: ReadSourceOptions,
): ReadableStream<T> {
  const underlying = new UnderlyingReader(source.getReader(), makeReader, options);
  return new ReadableStream<T>(
    {
      start: (controller) => underlying.start(controller),
      pull: () => underlying.pull(),
      cancel: (reason) => underlying.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

type BytesResult = ReadableStreamReadResult<Uint8Array>;

class UnderlyingReader<T> {
  readonly #bytes: ReadableStreamDefaultReader<Uint8Array>;
  readonly #makeReader: (enqueue: (value: T) => void) => SourceReader<T>;
  readonly #idleTimeoutMs: number | undefined;
  readonly #pingIntervalMs: number | undefined;
  readonly #timers: StreamTimers;
  #controller!: ReadableStreamDefaultController<T>;
  #reader!: SourceReader<T>;
  /** Since the last pull. */
  #enqueued = 0;
  /** What the source was asked for and has not given; a ping is said without giving up on it. */
  #reading: Promise<BytesResult> | undefined;
  #idle: Alarm | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isCancelled = false;

  constructor(
    bytes: ReadableStreamDefaultReader<Uint8Array>,
    makeReader: (enqueue: (value: T) => void) => SourceReader<T>,
    { idleTimeoutMs, pingIntervalMs, timers = runtimeTimers }: ReadSourceOptions,
  ) {
    this.#bytes = bytes;
    this.#makeReader = makeReader;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#pingIntervalMs = pingIntervalMs;
    this.#timers = timers;
  }

  start(controller: ReadableStreamDefaultController<T>): void {
    this.#controller = controller;
    this.#reader = this.#makeReader((value) => {
      this.#enqueued++;
      controller.enqueue(value);
    });
  }

  pull(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    this.#enqueued = 0;
    return this.#next();
  }

  cancel(reason: unknown): Promise<void> {
    this.#isCancelled = true;
    this.#forget();
    return this.#bytes.cancel(reason);
  }

  // Callbacks rather than async functions: this runs once a chunk, and each await costs as much as a chunk's checksum.
  #next(): Promise<void> {
    this.#reading ??= this.#bytes.read();
    const isTimed =
      this.#idleTimeoutMs !== undefined || (this.#pingIntervalMs !== undefined && this.#reader.ping !== undefined);
    return isTimed ? this.#waitWithTimers(this.#reading) : this.#reading.then(this.#onBytes, this.#onSourceError);
  }

  readonly #onBytes = (result: BytesResult): void | Promise<void> => {
    this.#forget();
    if (this.#isCancelled) return undefined;
    try {
      if (result.done) {
        this.#reader.end();
        this.#controller.close();
        return undefined;
      }
      this.#reader.feed(result.value);
    } catch (error) {
      return this.#fail(error);
    }
    return this.#enqueued === 0 ? this.#next() : undefined;
  };

  readonly #onSourceError = (cause: unknown): void => {
    const { interrupt } = this.#reader;
    this.#fail(isAbort(cause) || interrupt === undefined ? cause : interrupt(cause));
  };

  async #waitWithTimers(reading: Promise<BytesResult>): Promise<void> {
    // Counts from where the wait for these bytes began, however many pings there were since.
    if (this.#idleTimeoutMs !== undefined) this.#idle ??= new Alarm(this.#timers, this.#idleTimeoutMs);
    const idle = this.#idle;
    const { ping } = this.#reader;
    const pingAlarm =
      this.#pingIntervalMs === undefined || ping === undefined
        ? undefined
        : new Alarm(this.#timers, this.#pingIntervalMs);
    const what = await Promise.race([
      reading.then(isBytes, isBytes),
      ...(idle === undefined ? [] : [idle.rang.then(() => "idle" as const)]),
      ...(pingAlarm === undefined ? [] : [pingAlarm.rang.then(() => "ping" as const)]),
    ]);
    pingAlarm?.clear();
    if (this.#isCancelled) return undefined;
    if (what === "bytes") return reading.then(this.#onBytes, this.#onSourceError);
    if (what === "ping") return this.#controller.enqueue(ping!());
    return this.#fail(
      new StreamError(
        "STREAM_IDLE",
        `Cannot go on with the stream: nothing came for ${this.#idleTimeoutMs} ms; set idleTimeoutMs to wait longer`,
      ),
    );
  }

  #fail(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#forget();
    // The source may have failed already; that is what is being told.
    this.#bytes.cancel(reason).catch(() => undefined);
    withPartialMessage(reason, this.#reader.partialMessage);
    if (this.#reader.fail !== undefined && reason instanceof StreamError) {
      this.#controller.enqueue(this.#reader.fail(reason));
      this.#controller.close();
    } else if (this.#enqueued > 0) {
      // Failing now would throw away what is queued.
      this.#failure = { error: reason };
    } else throw reason;
  }

  #forget(): void {
    this.#idle?.clear();
    this.#idle = undefined;
    this.#reading = undefined;
  }
}

const isBytes = (): "bytes" => "bytes";
