import { redactForm, redactText } from "@claude-on-aws/endpoints";
import { PROBLEM_TEXTS, type ProblemName, type ProblemText } from "./problem-texts.ts";
import type { Problem } from "./problem.ts";

/** A value that is wrong in its place may be right in another, where it is a secret. */
function show(name: ProblemName, placeholder: string, value: string | number): string {
  const isWorkspace = name === "workspaceIdMalformed" && placeholder === "value";
  return isWorkspace ? redactForm("workspace", `${value}`) : redactText(`${value}`);
}

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/**
 * Puts a problem into words.
 *
 * @param name What happened.
 * @param values What the names in braces stand for; one that is not given is left as it is. What may be a key that somebody
 * put in the wrong place is hidden.
 * @returns The problem, ready to be shown.
 */
export function describeProblem(
  name: ProblemName,
  values: Readonly<Record<string, string | number | null>> = {},
): Problem {
  const [code, severity, message, fix]: ProblemText = PROBLEM_TEXTS[name];
  const fill = (text: string): string =>
    text.replace(PLACEHOLDER, (whole, placeholder: string) => show(name, placeholder, values[placeholder] ?? whole));
  return { code, severity, message: fill(message), fix: fill(fix) };
}
