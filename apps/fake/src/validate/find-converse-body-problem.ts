import type { BodyCircumstances } from "../exchange/operation.ts";
import { fieldsForModel } from "./converse-tools.ts";
import { findCacheProblem } from "./find-cache-problem.ts";
import { findConverseProblem } from "./find-converse-problem.ts";
import { findConverseValueProblem } from "./find-converse-value-problem.ts";
import { findInnerProblem } from "./find-inner-problem.ts";
import { listCachePoints } from "./list-cache-points.ts";
import { CONVERSE_SCHEMA } from "./schema/converse-schema.ts";
import { findProblem } from "./schema/find-problem.ts";
import { modelFieldsSchema } from "./schema/messages-schema.ts";
import { fieldWords, serviceModelWords } from "./schema/problem-words.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Looks for what is wrong with a body of Converse: first what Amazon Bedrock itself finds, then what the model does, which
 * is asked the same as through the Messages API.
 *
 * @returns The words of the service; `undefined` where nothing is.
 */
export function findConverseBodyProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { takesUnknown, model, facts } = circumstances;
  const problem = findProblem(CONVERSE_SCHEMA, input, takesUnknown);
  if (problem !== undefined) return serviceModelWords(problem);
  const words = findConverseValueProblem(input, facts) ?? findConverseProblem(input, model, facts);
  if (words !== undefined) return words;
  const found = findForModel(input, circumstances);
  return found && `The model returned the following errors: ${found}`;
}

function findForModel(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { form, takesUnknown } = circumstances;
  const fields = fieldsForModel(input);
  const problem = findProblem(modelFieldsSchema(form), fields, takesUnknown);
  if (problem !== undefined) return fieldWords(problem);
  return findInnerProblem(fields, circumstances) ?? findCacheProblem(listCachePoints(input));
}
