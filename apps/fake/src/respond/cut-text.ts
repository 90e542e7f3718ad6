import { BYTES_PER_TOKEN } from "../answer/count-tokens.ts";

/** Cuts a text into the pieces that are streamed one by one. */
export type CutText = (text: string) => string[];

/** A text is streamed in at most about this many pieces. */
const MAX_PIECES = 4096;

/**
 * Cuts a text into tokens.
 *
 * @param text The text.
 * @returns Pieces of one token, in a long text of several; no character is cut in two.
 */
export function cutIntoTokens(text: string): string[] {
  const tokens = Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
  const most = BYTES_PER_TOKEN * Math.ceil(tokens / MAX_PIECES);
  const cut: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const character of text) {
    const more = Buffer.byteLength(character);
    if (bytes > 0 && bytes + more > most) {
      cut.push(piece);
      piece = "";
      bytes = 0;
    }
    piece += character;
    bytes += more;
  }
  if (piece !== "") cut.push(piece);
  return cut;
}

/**
 * Cuts a text where it is told to.
 *
 * @param chunks The pieces. What stands behind them comes as one piece more; a text that was cut short has fewer.
 * @returns What cuts so.
 */
export const cutAt =
  (chunks: readonly string[]): CutText =>
  (text) => {
    const cut: string[] = [];
    let at = 0;
    for (const { length } of chunks) {
      if (at >= text.length) break;
      cut.push(text.slice(at, at + length));
      at += length;
    }
    if (at < text.length) cut.push(text.slice(at));
    return cut;
  };
