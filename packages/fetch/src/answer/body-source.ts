import type { BodySource } from "../transport/transport.ts";

/** The streams of which sources were made, as long as nobody has read of them. */
const UNREAD = /* @__PURE__ */ new WeakMap<BodySource, ReadableStream<Uint8Array>>();

/**
 * Makes a source of a body that is there already.
 *
 * @param bytes The body.
 * @returns The source.
 */
export function sourceOfBytes(bytes: Uint8Array): BodySource {
  let rest: Uint8Array | null = bytes;
  return {
    read() {
      const given = rest;
      rest = null;
      return Promise.resolve(given);
    },
    cancel: () => void (rest = null),
  };
}

/**
 * Makes a source of a stream.
 *
 * @param stream The stream; nobody else reads it.
 * @returns The source.
 */
export function sourceOfStream(stream: ReadableStream<Uint8Array>): BodySource {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const start = (): ReadableStreamDefaultReader<Uint8Array> => {
    UNREAD.delete(source);
    return (reader ??= stream.getReader());
  };
  const source: BodySource = {
    async read() {
      const { done, value } = await start().read();
      return done ? null : value;
    },
    cancel: () =>
      void start()
        .cancel()
        .catch(() => undefined),
  };
  UNREAD.set(source, stream);
  return source;
}

/**
 * Makes a stream of a source. It is read no faster than the stream.
 *
 * @param source The source; nobody else reads it.
 * @returns The stream; of a source that was made of one, and not read, that stream itself.
 */
export function streamOf(source: BodySource): ReadableStream<Uint8Array<ArrayBuffer>> {
  const known = UNREAD.get(source);
  if (known !== undefined) return known as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const bytes = await source.read();
        if (bytes === null) controller.close();
        else controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      },
      cancel: () => source.cancel(),
    },
    { highWaterMark: 0 },
  );
}
