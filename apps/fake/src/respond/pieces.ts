/** A text is streamed in at most this many deltas. */
const MAX_PIECES = 64;
const MIN_PIECE_LENGTH = 8;

/**
 * Cuts a text into the pieces that are streamed one by one.
 *
 * @param text The text.
 * @returns Its pieces, in order; no character is cut in two.
 */
export function pieces(text: string): string[] {
  const length = Math.max(MIN_PIECE_LENGTH, Math.ceil(text.length / MAX_PIECES));
  const cut: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = start + length;
    const last = text.charCodeAt(end - 1);
    // A surrogate pair is one character.
    if (last >= 0xd800 && last <= 0xdbff) end++;
    cut.push(text.slice(start, end));
    start = end;
  }
  return cut;
}
