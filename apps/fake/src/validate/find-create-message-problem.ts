import type { BodyCircumstances } from "../exchange/operation.ts";
import { findProblem } from "./schema/find-problem.ts";
import { findParameterProblem } from "./find-parameter-problem.ts";
import { findInnerProblem } from "./find-inner-problem.ts";
import { findConversationProblem } from "./find-conversation-problem.ts";
import { fieldWords } from "./schema/problem-words.ts";
import { createMessageSchema } from "./schema/messages-schema.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Looks for what is wrong with a body of CreateMessage.
 *
 * @returns The words of the service; `undefined` where nothing is.
 */
export function findCreateMessageProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { form, takesUnknown, betas, model, facts } = circumstances;
  const problem = findProblem(createMessageSchema(form), input, takesUnknown);
  if (problem !== undefined) return fieldWords(problem);
  return (
    findParameterProblem(input, model, betas, facts.maxOutputTokens) ??
    findInnerProblem(input, circumstances) ??
    findConversationProblem(input, facts, true)
  );
}
