import type { WireReply } from "../terms/wire.ts";

/** Headers that whoever writes the reply sets for itself. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "transfer-encoding",
]);

/**
 * Makes a reply out of a WHATWG `Response`. One that states its length is read whole; any other is streamed, piece by
 * piece.
 *
 * @returns Without the headers that belong to a connection.
 */
export async function fromResponse(response: Response): Promise<WireReply> {
  const headers = [...response.headers].filter(([name]) => !OF_THE_CONNECTION.has(name));
  const isWhole = response.body === null || response.headers.has("content-length");
  return {
    status: response.status,
    headers,
    body: isWhole ? new Uint8Array(await response.arrayBuffer()) : piecesOf(response.body),
  };
}

// With a reader, because not every runtime's stream is an iterable that lets go when it is left.
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    while (!isDone) {
      const { done, value } = await reader.read();
      isDone = done;
      if (value !== undefined) yield value;
    }
  } finally {
    if (!isDone) await reader.cancel();
  }
}
