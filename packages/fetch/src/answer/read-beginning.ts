/**
 * Reads a body as text, and no more of it than a number of bytes; the rest is let go.
 *
 * @param body The body; null is an empty one.
 * @param maxBytes How much of it is read.
 * @returns The text.
 */
export async function readBeginning(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const utf8 = new TextDecoder();
  let text = "";
  for (let bytes = 0; bytes < maxBytes;) {
    const { done, value } = await reader.read();
    if (done) return text + utf8.decode();
    const piece = value.subarray(0, maxBytes - bytes);
    bytes += piece.length;
    text += utf8.decode(piece, { stream: true });
  }
  await reader.cancel();
  return text;
}
