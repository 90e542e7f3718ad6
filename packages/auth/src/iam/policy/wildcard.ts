import type { Pattern, Piece } from "./pattern.ts";
import { PatternSegment } from "./pattern-segment.ts";

/** A star. */
type Any = Extract<Piece, { kind: "any" | "one" }>;

/**
 * Says whether a text matches a pattern, without backtracking: what stands
 * between two stars is looked for once, from where the last was found.
 *
 * @param pattern The pattern; its variables must be filled in.
 * @param text The text.
 * @returns Whether it matches from its beginning to its end.
 */
export function matchPattern(pattern: Pattern, text: string): boolean {
  if (pattern.some(({ kind }) => kind === "variable")) return false;
  const stars = pattern.filter((piece): piece is Any => piece.kind === "any");
  const [first, ...segments] = segmentsOf(pattern);
  if (first === undefined || !first.fitsAt(text, 0)) return false;
  const last = segments.pop();
  if (last === undefined) return first.length === text.length;
  let reach: readonly Reach[] = [reachOf(stars[0], first.length, text)];
  for (const [index, segment] of segments.entries()) reach = go(reach, segment, stars[index + 1], text);
  const start = text.length - last.length;
  return reach.some(({ from, to }) => from <= start && start <= to) && last.fitsAt(text, start);
}

/** What stands before, between and behind the stars. */
function segmentsOf(pattern: Pattern): readonly PatternSegment[] {
  const segments: Piece[][] = [[]];
  for (const piece of pattern) {
    if (piece.kind === "any") segments.push([]);
    else segments.at(-1)?.push(piece);
  }
  return segments.map((pieces) => new PatternSegment(pieces));
}

/** Where a star may end: at any place from one to another, both included. */
interface Reach {
  readonly from: number;
  readonly to: number;
}

function reachOf(star: Any | undefined, from: number, text: string): Reach {
  const colon = star?.confined === true ? text.indexOf(":", from) : -1;
  return { from, to: colon < 0 ? text.length : colon };
}

/**
 * Goes on over a segment and the star behind it. Of all the places where the segment ends before the same colon, the
 * first reaches as far as every other; a star that colons do not hold up reaches everything from the very first.
 */
function go(reach: readonly Reach[], segment: PatternSegment, star: Any | undefined, text: string): readonly Reach[] {
  const next: Reach[] = [];
  for (const { from, to } of reach) {
    let start = segment.find(text, from, to);
    while (start >= 0) {
      const end = start + segment.length;
      if (end > (next.at(-1)?.to ?? -1)) next.push(reachOf(star, end, text));
      if (star?.confined !== true) return next;
      // Only behind the colon that holds the star up is there more to reach.
      start = segment.find(text, Math.max(start, (next.at(-1)?.to ?? end) - segment.length) + 1, to);
    }
  }
  return next;
}
