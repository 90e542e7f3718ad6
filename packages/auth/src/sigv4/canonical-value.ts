/**
 * Brings a header value to its canonical form: without space around it, and with single spaces inside.
 *
 * @param value One value as it was sent.
 * @returns The value as it is signed.
 */
export function canonicalValue(value: string): string {
  // Most values hold no space at all.
  if (!NOT_VISIBLE.test(value)) return value;
  return value.trim().replace(/\s+/g, " ");
}

/** Anything but visible ASCII: it might be some kind of space. */
const NOT_VISIBLE = /[^!-~]/;
