import { PROBLEM_TEXTS, type ProblemName, type ProblemText } from "./problem-texts.ts";
import type { Problem } from "./problem.ts";

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/**
 * Puts a problem into words.
 *
 * @param name What happened.
 * @param values What the names in braces stand for; one that is not given is left as it is.
 * @returns The problem, ready to be shown.
 */
export function describeProblem(
  name: ProblemName,
  values: Readonly<Record<string, string | number | null>> = {},
): Problem {
  const [code, severity, message, fix]: ProblemText = PROBLEM_TEXTS[name];
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, placeholder: string) => `${values[placeholder] ?? whole}`);
  return { code, severity, message: fill(message), fix: fill(fix) };
}
