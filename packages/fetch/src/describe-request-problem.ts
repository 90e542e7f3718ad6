import type { Problem, ProblemCode } from "@claude-on-aws/env";
import { REQUEST_PROBLEM_TEXTS, type RequestProblemText } from "./problem-texts.ts";

type Texts = typeof REQUEST_PROBLEM_TEXTS;
type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** A problem of a request in words. Each is a warning: the client sends the request all the same. */
export interface RequestProblem<Code extends ProblemCode = ProblemCode> extends Problem {
  readonly code: Code;
}

/**
 * Puts a problem of a request into words.
 *
 * @param name What is wrong.
 * @param values What the names in braces stand for.
 * @returns The problem, ready to be shown.
 */
export function describeRequestProblem<Name extends keyof Texts>(
  name: Name,
  values: Readonly<Record<Placeholder<Texts[Name][1 | 2]>, string | number>>,
): RequestProblem<Texts[Name][0]> {
  const [code, message, fix]: RequestProblemText = REQUEST_PROBLEM_TEXTS[name];
  const given: Readonly<Record<string, string | number>> = values;
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, placeholder: string) => `${given[placeholder]}`);
  return { code: code as Texts[Name][0], severity: "warning", message: fill(message), fix: fill(fix) };
}
