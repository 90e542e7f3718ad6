import type { WireReply } from "../terms/wire.ts";
import { bytesStream } from "./bytes-stream.ts";

/**
 * Makes a WHATWG `Response` out of a reply.
 *
 * @param signal Ends a body that is not read to its end.
 * @returns Streams what the reply streams.
 */
export function toResponse(reply: WireReply, signal?: AbortSignal): Response {
  const { body } = reply;
  if (body instanceof Uint8Array) return new Response(body.length === 0 ? null : (body as BodyInit), initOf(reply));
  return new Response(streamOf(body, signal), initOf(reply));
}

const initOf = ({ status, headers }: WireReply): ResponseInit => ({
  status,
  headers: headers.map(([name, value]): [string, string] => [name, value]),
});

/** On Node the copies of a body that was given as bytes wait for each other; on Bun and Deno those of a stream do. */
const COPIES_WAIT = !("Bun" in globalThis || "Deno" in globalThis);

/**
 * Makes the `Response` that a handler of msw gives.
 *
 * @returns One whose copies do not wait for each other.
 */
export function toMswResponse(reply: WireReply): Response {
  const { body } = reply;
  if (!COPIES_WAIT || !(body instanceof Uint8Array) || body.length === 0) return toResponse(reply);
  return new Response(bytesStream(body as Uint8Array<ArrayBuffer>), initOf(reply));
}

/** Pulled, so that a slow reader slows the source. */
function streamOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const iterator =
    Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : (chunks[Symbol.iterator]() as Iterator<Uint8Array>);
  let abort = (): void => undefined;
  const end = (): void => signal?.removeEventListener("abort", abort);
  return new ReadableStream({
    start(controller) {
      abort = () => {
        controller.error(signal?.reason);
        void iterator.return?.();
      };
      signal?.addEventListener("abort", abort, { once: true });
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (signal?.aborted === true) return;
      if (done !== true) {
        controller.enqueue(value);
        return;
      }
      end();
      controller.close();
    },
    async cancel() {
      end();
      await iterator.return?.();
    },
  });
}
