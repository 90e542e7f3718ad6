import type { BodySource } from "../transport/transport.ts";

/**
 * Reads a body as text, and no more of it than a number of bytes; the rest is let go.
 *
 * @param body The body; null is an empty one.
 * @param maxBytes How much of it is read.
 * @returns The text.
 */
export async function readBeginning(body: BodySource | null, maxBytes: number): Promise<string> {
  if (body === null) return "";
  const utf8 = new TextDecoder();
  let text = "";
  for (let bytes = 0; bytes < maxBytes;) {
    const part = await body.read();
    if (part === null) return text + utf8.decode();
    const piece = part.subarray(0, maxBytes - bytes);
    bytes += piece.length;
    text += utf8.decode(piece, { stream: true });
  }
  body.cancel();
  return text;
}
