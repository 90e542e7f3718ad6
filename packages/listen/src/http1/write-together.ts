import type { Buffer } from "node:buffer";

/**
 * Writes parts, and the text before and after them, one behind the other.
 *
 * @param target Has room for all of it.
 * @param before One character a byte, as `after`.
 */
export function writeTogether(target: Buffer, before: string, parts: readonly Uint8Array[], after: string): void {
  target.write(before, 0, "latin1");
  let at = before.length;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
  if (after !== "") target.write(after, at, "latin1");
}
