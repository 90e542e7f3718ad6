/**
 * Bytes as a stream whose copies do not wait for each other.
 *
 * msw copies every answer for its events, and nobody reads the copy. With the `tee` of Node's own streams, `cancel()` on
 * what the client got would then never settle, and the SDKs of Anthropic cancel the body of each answer before they try
 * again (`@anthropic-ai/sdk` 1.11.0): they would hang.
 *
 * @returns A stream that is complete from the start.
 * @see {@link https://streams.spec.whatwg.org/#abstract-opdef-readablestreamdefaulttee | ReadableStreamDefaultTee}
 */
export function bytesStream(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return Object.assign(stream, { tee: () => [bytesStream(bytes), bytesStream(bytes)] });
}
