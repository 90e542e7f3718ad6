import type { Pattern, Piece } from "./pattern.ts";

/** How {@link parsePattern} reads a text. */
export interface PatternOptions {
  /** Whether `*` and `?` are wildcards. */
  readonly wildcards: boolean;
  /** Whether `${…}` is a variable. */
  readonly variables: boolean;
  /**
   * Whether wildcards follow the parts of an ARN: before its fifth colon a
   * `?` stays within its part, and a `*` does unless it ends the part.
   *
   * @default {false}
   */
  readonly arn?: boolean | undefined;
}

const FIXED_VARIABLES: ReadonlySet<string> = new Set(["*", "?", "$"]);

/**
 * Cuts a text of a policy into literal pieces, wildcards and variables.
 *
 * @param text The text in the policy.
 * @param options What counts as more than ordinary text.
 * @returns The pieces.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html | Policy variables}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html | Wildcards in resource ARNs}
 */
export function parsePattern(text: string, { wildcards, variables, arn = false }: PatternOptions): Pattern {
  const pieces: Piece[] = [];
  let literal = "";
  let colons = 0;
  /** Behind it, nothing closes a variable: what was looked for in vain is not looked for again. */
  const lastClosing = variables ? text.lastIndexOf("}") : -1;
  const flush = (): void => {
    if (literal !== "") pieces.push({ kind: "text", text: literal });
    literal = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (variables && character === "$" && text[index + 1] === "{") {
      const end = index < lastClosing ? text.indexOf("}", index) : -1;
      if (end > 0) {
        const content = text.slice(index + 2, end);
        if (FIXED_VARIABLES.has(content)) literal += content;
        else {
          flush();
          pieces.push(parseVariable(content));
        }
        index = end;
        continue;
      }
    }
    if (wildcards && (character === "*" || character === "?")) {
      flush();
      const inHead = arn && colons < 5;
      if (character === "?") pieces.push({ kind: "one", confined: inHead });
      else {
        const endsPart = index + 1 === text.length || text[index + 1] === ":";
        const confined = inHead && !endsPart;
        const before = pieces.at(-1);
        // Two in a row match what the freer of them matches.
        if (before?.kind === "any") pieces[pieces.length - 1] = { kind: "any", confined: confined && before.confined };
        else pieces.push({ kind: "any", confined });
      }
      continue;
    }
    if (character === ":") colons += 1;
    literal += character;
  }
  flush();
  return pieces;
}

/** Reads `name` or `name, 'value if it has none'`. */
function parseVariable(content: string): Piece {
  const comma = content.indexOf(",");
  if (comma === -1) return { kind: "variable", name: content.trim(), fallback: undefined };
  const rest = content.slice(comma + 1).trim();
  const quoted = rest.length >= 2 && rest.startsWith("'") && rest.endsWith("'");
  return { kind: "variable", name: content.slice(0, comma).trim(), fallback: quoted ? rest.slice(1, -1) : undefined };
}
