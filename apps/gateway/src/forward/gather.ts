import type { BodySource } from "@claude-on-aws/fetch";

/** A body that was read as far as it should be. */
export interface GatheredBody {
  /** What was read. */
  readonly bytes: Uint8Array;
  /** What is left of it; null where that is all. */
  readonly rest: BodySource | null;
}

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

/**
 * Reads a body to its end, or to a limit.
 *
 * @param source The body.
 * @param maxBytes Where to stop; the last part that is read may go beyond it.
 * @returns What was read, and what is left. It throws what broke the body off.
 */
export async function gather(source: BodySource | null, maxBytes: number): Promise<GatheredBody> {
  if (source === null) return { bytes: NO_BYTES, rest: null };
  const parts: Uint8Array[] = [];
  let length = 0;
  let rest: BodySource | null = source;
  while (length <= maxBytes) {
    const part: Uint8Array | null = await source.read();
    if (part === null) {
      rest = null;
      break;
    }
    parts.push(part);
    length += part.length;
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { bytes: only, rest };
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, rest };
}
