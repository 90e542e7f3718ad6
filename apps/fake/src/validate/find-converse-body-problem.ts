import type { BodyCircumstances } from "../exchange/operation.ts";
import { findProblem } from "./schema/find-problem.ts";
import { findConverseProblem } from "./find-converse-problem.ts";
import { serviceModelWords } from "./schema/problem-words.ts";
import { CONVERSE_SCHEMA } from "./schema/converse-schema.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Looks for what is wrong with a body of Converse.
 *
 * @returns The words of the service; `undefined` where nothing is.
 */
export function findConverseBodyProblem(
  input: JsonObject,
  { takesUnknown, model, facts }: BodyCircumstances,
): string | undefined {
  const problem = findProblem(CONVERSE_SCHEMA, input, takesUnknown);
  return problem === undefined ? findConverseProblem(input, model, facts) : serviceModelWords(problem);
}
