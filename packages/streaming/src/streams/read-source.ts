import type { ClaudeMessage } from "../claude/claude-message.ts";
import { StreamError } from "../stream-error.ts";
import { RUNTIME_TIMERS, type SilenceOptions, type StreamTimers } from "./stream-timers.ts";

/** Makes something of a source's bytes, and hands it to the `enqueue` with which it was made. */
export interface SourceReader<T> {
  /** Takes the next bytes. What it throws, the stream fails with. */
  feed(bytes: Uint8Array): void;
  /** Says that no more bytes will come. What it throws, the stream fails with. */
  end(): void;
  /** What had arrived of a message, for an error that is not the reader's own. */
  readonly partialMessage?: ClaudeMessage | undefined;
  /** Makes the error for a source that failed; left out, it is the source's own. */
  readonly interrupt?: ((cause: unknown) => unknown) | undefined;
  /** Makes what is enqueued in place of an error before the stream closes; left out, the stream fails with it. */
  readonly fail?: ((error: StreamError) => T) | undefined;
  /** Makes what is enqueued when the source is silent for `pingIntervalMs`; left out, nothing is. */
  readonly ping?: (() => T) | undefined;
}

/** Options for {@link readSource}. */
export interface ReadSourceOptions extends SilenceOptions {
  readonly pingIntervalMs?: number | undefined;
}

/** A timer that can be awaited; once cleared, it never rings. */
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

/** An abort is the caller's own doing, and is passed on as it is. */
const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");

/**
 * Adds what had arrived of the message to an error of this package that has none yet.
 *
 * @param error Any error.
 * @param partialMessage What had arrived.
 * @returns The same error.
 */
export function withPartialMessage(error: unknown, partialMessage: ClaudeMessage | undefined): unknown {
  if (error instanceof StreamError && error.partialMessage === undefined) {
    (error as { partialMessage: ClaudeMessage | undefined }).partialMessage = partialMessage;
  }
  return error;
}

/**
 * Reads a source only as fast as the result is read: nothing is read ahead, and what is queued is one chunk's worth.
 * Cancelling the result cancels the source. What was found before an error is read before the error.
 *
 * @param source The source.
 * @param makeReader Makes the reader, which hands what it makes of the bytes to `enqueue`.
 * @param options How long the source may be silent.
 * @returns What the reader made of the bytes. The stream fails with what the reader throws, with the error of the source, or
 * with a {@link StreamError} `STREAM_IDLE`.
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
  /** What the source was asked for and has not given yet; it stays awaited through a ping. */
  #reading: Promise<BytesResult> | undefined;
  #idle: Alarm | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isCancelled = false;

  constructor(
    bytes: ReadableStreamDefaultReader<Uint8Array>,
    makeReader: (enqueue: (value: T) => void) => SourceReader<T>,
    { idleTimeoutMs, pingIntervalMs, timers = RUNTIME_TIMERS }: ReadSourceOptions,
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
    // Counts from when the wait for these bytes began, however many pings there were since.
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
        `Cannot go on with the stream: nothing arrived for ${this.#idleTimeoutMs} ms; set idleTimeoutMs to wait longer`,
      ),
    );
  }

  #fail(reason: unknown): void {
    if (this.#isCancelled) return;
    this.#forget();
    // The source may have failed already, with what is being reported.
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
