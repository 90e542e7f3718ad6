/** Behind each server-sent event stands an empty line. */
const EVENT_END = "\n\n";

/**
 * Splits the body of a stream into its frames, whatever is in them.
 *
 * @param body All of it.
 * @param contentType The header `content-type`.
 * @returns Server-sent events, or messages of Amazon's event stream; all bytes, in their order.
 */
export function splitFrames(body: Uint8Array, contentType: string): readonly Uint8Array[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const lengthAt = contentType.startsWith("text/event-stream")
    ? (at: number): number => {
        const end = bytes.indexOf(EVENT_END, at);
        return end < 0 ? bytes.length - at : end + EVENT_END.length - at;
      }
    : (at: number): number => (at + 4 <= bytes.length ? Math.max(bytes.readUInt32BE(at), 1) : bytes.length - at);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(lengthAt(at), bytes.length - at);
    frames.push(bytes.subarray(at, at + length));
    at += length;
  }
  return frames;
}
