import { FetchError, wordsOf } from "../fetch-error.ts";
import type { BodySource } from "../transport/transport.ts";
import { failureOf, type MessageStreamGuard } from "./message-stream-guard.ts";

/** What watches a body. */
export interface WatchOptions {
  /** Sees to the end of a message's stream; null for any other body. */
  readonly guard: MessageStreamGuard | null;
  /** Told before and behind each read, so that only time is counted in which somebody waits. */
  readonly onWait: () => void;
  readonly onRead: () => void;
  /** Told once: the body has ended, or failed with this error, or nobody reads it any more. */
  readonly onEnd: (error?: unknown) => void;
  /** Whether the caller ended the exchange: that is told as it is. */
  readonly isAborted: () => boolean;
}

/**
 * Watches an answer's body on its way, which is read only as fast as the result is.
 *
 * @param source The body.
 * @param options What watches it.
 * @returns The same bytes. Where it is guarded, a body that breaks off ends with an `error` event; otherwise it fails with a
 * {@link FetchError}.
 */
export function watchBody(source: BodySource, options: WatchOptions): BodySource {
  const { guard, onWait, onRead, onEnd, isAborted } = options;
  /** What the guard let go of beyond what was asked for. */
  const passed: Uint8Array[] = [];
  const pass = (bytes: Uint8Array): void => void passed.push(bytes);
  let hasEnded = false;
  /** What the body failed with: whoever reads again hears of it again. */
  let failure: { readonly error: unknown } | undefined;

  const onBytes = (bytes: Uint8Array | null): Uint8Array | null | Promise<Uint8Array | null> => {
    onRead();
    // Who has cancelled while this was awaited wants no more.
    if (hasEnded) return null;
    if (bytes === null) return end(guard === null || guard.isWhole ? undefined : truncated());
    if (guard === null) return bytes;
    guard.feed(bytes, pass);
    return passed.shift() ?? read();
  };

  const onFailure = (cause: unknown): Uint8Array | null => {
    onRead();
    return hasEnded ? null : end(isAborted() || cause instanceof FetchError ? cause : failed(cause));
  };

  const end = (error: unknown): Uint8Array | null => {
    hasEnded = true;
    onEnd(error);
    if (error === undefined || guard?.isWhole === true) return null;
    if (guard !== null && error instanceof FetchError) return guard.fail(failureOf(error));
    failure = { error };
    throw error;
  };

  const read = (): Promise<Uint8Array | null> => {
    const next = passed.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (failure !== undefined) return Promise.reject(failure.error);
    if (hasEnded) return Promise.resolve(null);
    onWait();
    return source.read().then(onBytes, onFailure);
  };

  const cancel = (): void => {
    hasEnded = true;
    passed.length = 0;
    onEnd();
    source.cancel();
  };
  return { read, cancel };
}

const truncated = (): FetchError =>
  new FetchError(
    "STREAM_TRUNCATED",
    "Cannot finish the message: its stream ended before message_stop; what came of it is not whole",
  );

const failed = (cause: unknown): FetchError =>
  new FetchError("STREAM_FAILED", `Cannot go on with the answer: the connection broke off (${wordsOf(cause)})`, {
    cause,
  });
