/**
 * A text with wildcards, cut into its pieces. A confined wildcard matches no
 * colon: in an ARN, it stays within its part.
 */
export type Pattern = readonly Piece[];

/** One piece of a {@link Pattern}. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" | "one"; readonly confined: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly fallback: string | undefined };

/**
 * Says whether a text matches a pattern, without backtracking: the work is at
 * most the length of the pattern times the length of the text.
 *
 * @param pattern The pattern; its variables must be filled in.
 * @param text The text.
 * @returns Whether it matches from its beginning to its end.
 */
export function matchPattern(pattern: Pattern, text: string): boolean {
  // Every place in the text where the pieces so far can end, in ascending order.
  let places: number[] = [0];
  for (const piece of pattern) {
    places = step(piece, places, text);
    if (places.length === 0) return false;
  }
  return places.at(-1) === text.length;
}

function step(piece: Piece, places: readonly number[], text: string): number[] {
  if (piece.kind === "text") {
    return places.filter((place) => text.startsWith(piece.text, place)).map((place) => place + piece.text.length);
  }
  if (piece.kind === "one") {
    return places
      .filter((place) => place < text.length && !(piece.confined && text[place] === ":"))
      .map((place) => place + 1);
  }
  if (piece.kind === "variable") return [];
  const next: number[] = [];
  for (const place of places) {
    // What was reached from an earlier place is not walked a second time.
    let end = Math.max(place, (next.at(-1) ?? -1) + 1);
    while (end <= text.length && (end === place || !piece.confined || text[end - 1] !== ":")) {
      next.push(end);
      end += 1;
    }
  }
  return next;
}
