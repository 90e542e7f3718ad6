import type { BodySource } from "../transport/transport.ts";

/** The beginning of a body, and the body as if nobody had looked. */
export interface PeekedBody {
  readonly text: string;
  readonly body: BodySource | null;
}

/** An error of a service is shorter. */
const MAX_PEEKED_BYTES = 64 * 1024;

/**
 * Reads the beginning of an answer's body.
 *
 * @param source The body.
 * @returns Its beginning as text, and a body that gives all of it.
 */
export async function peekBody(source: BodySource | null): Promise<PeekedBody> {
  if (source === null) return { text: "", body: null };
  const parts: (Uint8Array | null)[] = [];
  const utf8 = new TextDecoder();
  let text = "";
  for (let bytes = 0; bytes < MAX_PEEKED_BYTES;) {
    const part = await source.read();
    parts.push(part);
    if (part === null) break;
    bytes += part.length;
    text += utf8.decode(part, { stream: true });
  }
  const read = (): Promise<Uint8Array | null> => {
    const part = parts.shift();
    return part === undefined ? source.read() : Promise.resolve(part);
  };
  return { text, body: { read, cancel: source.cancel } };
}
