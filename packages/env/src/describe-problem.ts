import { PROBLEM_TEXTS, type ProblemName } from "./problem-texts.ts";
import type { Problem } from "./problem.ts";

const FACT = /\{([a-zA-Z]+)\}/g;

/**
 * Puts a problem into words.
 *
 * @param name What happened.
 * @param facts What the words in braces stand for; one that is not given stays as it is.
 */
export function describeProblem(
  name: ProblemName,
  facts: Readonly<Record<string, string | number | null>> = {},
): Problem {
  const [code, severity, message, fix] = PROBLEM_TEXTS[name];
  const fill = (text: string): string => text.replace(FACT, (whole, fact: string) => `${facts[fact] ?? whole}`);
  return { code, severity, message: fill(message), fix: fill(fix) };
}
