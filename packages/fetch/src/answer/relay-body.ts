import { FetchError, wordsOf } from "../fetch-error.ts";
import type { BodySource } from "../transport/transport.ts";
import type { MessageStreamGuard } from "./message-stream-guard.ts";

/** How {@link relayBody} reads. */
export interface RelayOptions {
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
 * Gives an answer's body as it comes, only as fast as it is read.
 *
 * @param source The body.
 * @param options What watches it.
 * @returns A stream of the same bytes. Where it is guarded, a body that breaks off ends with an `error` event; otherwise it fails
 * with a {@link FetchError}.
 */
export function relayBody(source: BodySource, options: RelayOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { guard, onWait, onRead, onEnd, isAborted } = options;

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    let passed = 0;
    const pass = (bytes: Uint8Array): void => {
      passed += 1;
      controller.enqueue(bytes);
    };
    for (;;) {
      onWait();
      let bytes: Uint8Array | null;
      try {
        bytes = await source.read();
      } catch (cause) {
        const error = isAborted() || cause instanceof FetchError ? cause : failed(cause);
        return end(controller, error);
      } finally {
        onRead();
      }
      if (bytes === null) return end(controller, guard === null || guard.isWhole ? undefined : truncated());
      if (guard === null) pass(bytes);
      else guard.feed(bytes, pass);
      if (passed > 0) return undefined;
    }
  };

  const end = (controller: ReadableStreamDefaultController<Uint8Array>, error: unknown): void => {
    onEnd(error);
    if (error === undefined || guard?.isWhole === true) controller.close();
    else if (guard === null || !(error instanceof FetchError)) controller.error(error);
    else {
      const type = error.code.endsWith("_TIMEOUT") ? "timeout_error" : "api_error";
      controller.enqueue(guard.fail({ code: error.code, type, message: error.message }));
      controller.close();
    }
  };

  const cancel = (): void => {
    onEnd();
    source.cancel();
  };
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 }) as ReadableStream<Uint8Array<ArrayBuffer>>;
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
