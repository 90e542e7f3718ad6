/**
 * Puts parts one after the other; `bytes` is their length in all.
 *
 * @param parts The parts.
 * @param bytes Their length in all.
 * @returns The whole.
 */
export function joinBytes(parts: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
