import type { WireReply } from "../terms/wire.ts";
import type { ExchangeEnd } from "@claude-on-aws/listen";
import { bytesStream } from "./bytes-stream.ts";

/**
 * Makes a WHATWG `Response` out of a reply.
 *
 * @param signal Ends a body that is not read to its end.
 * @returns Streams what the reply streams; of one that is broken off before its head, that of a network that failed.
 */
export function toResponse(reply: WireReply, signal?: AbortSignal): Response {
  const { body, cut } = reply;
  if (cut?.after === "nothing") {
    reply.onEnd?.({ outcome: "server-cut", stage: "reply", bytes: 0 });
    return Response.error();
  }
  if (body instanceof Uint8Array && cut === undefined) {
    endWhole(reply, body);
    return new Response(body.length === 0 ? null : (body as BodyInit), initOf(reply));
  }
  return new Response(streamOf(body instanceof Uint8Array ? [body] : body, signal, reply), initOf(reply));
}

/** What is handed over in one piece has ended with that. */
const endWhole = ({ onEnd }: WireReply, { length }: Uint8Array): void =>
  onEnd?.({ outcome: "whole", stage: "reply", bytes: length });

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
  const { body, cut } = reply;
  if (!COPIES_WAIT || cut !== undefined || !(body instanceof Uint8Array) || body.length === 0) return toResponse(reply);
  endWhole(reply, body);
  return new Response(bytesStream(body as Uint8Array<ArrayBuffer>), initOf(reply));
}

/** Pulled, so that a slow reader slows the source. */
function streamOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
  { onEnd, cut }: Pick<WireReply, "onEnd" | "cut">,
): ReadableStream<Uint8Array> {
  const iterator =
    Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : (chunks[Symbol.iterator]() as Iterator<Uint8Array>);
  let abort = (): void => undefined;
  let bytes = 0;
  const end = (outcome: ExchangeEnd["outcome"], error?: unknown): void => {
    signal?.removeEventListener("abort", abort);
    onEnd?.({ outcome, stage: "reply", bytes, ...(error === undefined ? {} : { error }) });
  };
  return new ReadableStream({
    start(controller) {
      abort = () => {
        controller.error(signal?.reason);
        end("client-left");
        void iterator.return?.();
      };
      signal?.addEventListener("abort", abort, { once: true });
    },
    async pull(controller) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await iterator.next();
      } catch (error) {
        end("server-cut", error);
        throw error;
      }
      if (signal?.aborted === true) return;
      if (next.done !== true) {
        bytes += next.value.length;
        controller.enqueue(next.value);
        return;
      }
      if (cut === undefined) {
        end("whole");
        controller.close();
        return;
      }
      const error = new TypeError("Cannot read the body to its end: the fake broke it off, as its scenario asks");
      end("server-cut", error);
      controller.error(error);
    },
    async cancel() {
      end("client-left");
      await iterator.return?.();
    },
  });
}
