import type { WireReply } from "../exchange.ts";

/** Makes a WHATWG `Response` of a reply. */
export function toResponse({ status, headers, body }: WireReply): Response {
  const init = { status, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  if (body instanceof Uint8Array) return new Response(body.length === 0 ? null : (body as BodyInit), init);
  return new Response(streamOf(body), init);
}

/** Pulled, so that a slow reader slows the source. */
function streamOf(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator =
    Symbol.asyncIterator in chunks
      ? chunks[Symbol.asyncIterator]()
      : (chunks[Symbol.iterator]() as Iterator<Uint8Array>);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
