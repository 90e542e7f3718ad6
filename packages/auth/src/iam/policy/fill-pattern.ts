import type { RequestContext } from "./request-context.ts";
import type { Pattern, Piece } from "./pattern.ts";

/**
 * Replaces variables by the values of a request. A wildcard in such a value is
 * an ordinary character: a name that somebody else chose must not widen a
 * policy.
 *
 * @param pattern The pattern.
 * @param context The values of condition keys.
 * @returns The pattern without variables; `undefined` if one has no value, or several.
 */
export function fillPattern(pattern: Pattern, context: RequestContext): Pattern | undefined {
  if (!pattern.some(({ kind }) => kind === "variable")) return pattern;
  const filled: Piece[] = [];
  for (const piece of pattern) {
    if (piece.kind !== "variable") {
      filled.push(piece);
      continue;
    }
    const values = context.get(piece.name.toLowerCase()) ?? [];
    const value = values.length === 1 ? values[0] : values.length === 0 ? piece.fallback : undefined;
    if (value === undefined) return undefined;
    filled.push({ kind: "text", text: value });
  }
  return filled;
}
