import type { CauseAndFix } from "../refusals/refusal-explanations.ts";
import type { Explained } from "../refusals/explain-refusal.ts";
import type { Paint } from "../create-paint.ts";
import { foldText } from "../fold-text.ts";

/** How wide explanations are, in characters. */
const WIDTH = 88;

/**
 * Writes for people why a request was refused.
 *
 * @param explained Cause and way out.
 * @param paint What colours it.
 * @returns Its lines.
 */
export function formatExplained(
  { cause, fix, statements }: CauseAndFix & Pick<Explained, "statements">,
  paint: Paint,
): readonly string[] {
  const lines = [
    ...foldText(`Cause: ${cause}`, WIDTH).map(
      (line, index) => `  ${index === 0 ? line.replace("Cause:", paint("bold", "Cause:")) : line}`,
    ),
    ...foldText(fix, WIDTH - 2).map((line, index) => `  ${index === 0 ? paint("green", "→") : " "} ${line}`),
  ];
  if (statements.length === 0) return lines;
  const json = JSON.stringify(statements.length === 1 ? statements[0] : statements, null, 2).split("\n");
  return [...lines, "", ...json.map((line) => `  ${line}`)];
}
