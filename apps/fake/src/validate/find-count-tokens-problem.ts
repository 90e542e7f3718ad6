import type { BodyCircumstances } from "../exchange/operation.ts";
import { findProblem } from "./schema/find-problem.ts";
import { findInnerProblem } from "./find-inner-problem.ts";
import { findConversationProblem } from "./find-conversation-problem.ts";
import { fieldWords } from "./schema/problem-words.ts";
import { countTokensSchema } from "./schema/messages-schema.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Looks for what is wrong with a body of CountTokens of the Messages API.
 *
 * @returns The words of the service; `undefined` where nothing is.
 */
export function findCountTokensProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { form, takesUnknown, facts } = circumstances;
  const problem = findProblem(countTokensSchema(form), input, takesUnknown);
  if (problem !== undefined) return fieldWords(problem);
  return findInnerProblem(input, circumstances) ?? findConversationProblem(input, facts, facts.toolPairsWhenCounting);
}
