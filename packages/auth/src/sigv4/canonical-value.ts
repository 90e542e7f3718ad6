/** The canonical form of one header value: space around it goes, and runs inside it shrink to one. */
export function canonicalValue(value: string): string {
  // Most values hold no space at all.
  if (!NOT_VISIBLE.test(value)) return value;
  return value.trim().replace(/\s+/g, " ");
}

/** Anything but visible ASCII, which might be space of some kind. */
const NOT_VISIBLE = /[^!-~]/;
