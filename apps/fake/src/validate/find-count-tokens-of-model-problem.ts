import type { BodyCircumstances } from "../exchange/operation.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import { findProblem } from "./schema/find-problem.ts";
import { isObject } from "@claude-on-aws/endpoints";
import { parseObject } from "../text/parse-object.ts";
import { findInnerProblem } from "./find-inner-problem.ts";
import { findConversationProblem } from "./find-conversation-problem.ts";
import { findConverseBodyProblem } from "./find-converse-body-problem.ts";
import { invokeModelWords } from "./invoke-model-words.ts";
import { serviceModelWords } from "./schema/problem-words.ts";
import { countedInvokeModelSchema } from "./schema/messages-schema.ts";
import { COUNT_TOKENS_OF_MODEL_SCHEMA } from "./schema/converse-schema.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Looks for what is wrong with a body of CountTokens of Amazon Bedrock.
 *
 * @returns The words of the service; `undefined` where nothing is.
 */
export function findCountTokensOfModelProblem(input: JsonObject, circumstances: BodyCircumstances): string | undefined {
  const { form, facts } = circumstances;
  const problem = findProblem(COUNT_TOKENS_OF_MODEL_SCHEMA, input, false);
  if (problem !== undefined) return serviceModelWords(problem);
  const { invokeModel, converse } = input["input"] as JsonObject;
  if (isObject(converse)) {
    const { additionalModelRequestFields: more } = converse;
    const asked = askedIn(isObject(more) ? more : {}, facts);
    return findConverseBodyProblem(converse, { ...circumstances, ...asked, model: undefined });
  }
  const body = parseObject(decodeBase64((invokeModel as { readonly body: string }).body));
  if (body === undefined) {
    return "Malformed input request: the body is not a JSON object, please reformat your input and try again.";
  }
  const asked = askedIn(body, facts);
  const inside = findProblem(countedInvokeModelSchema(form), body, asked.takesUnknown);
  if (inside !== undefined) return invokeModelWords(facts)(inside);
  const inner = findInnerProblem(body, { ...circumstances, ...asked });
  return inner ?? findConversationProblem(body, facts, facts.toolPairsWhenCounting);
}

/** The betas that stand in the body that is counted, and what they bring. */
function askedIn(
  { anthropic_beta: flags }: JsonObject,
  facts: Facts,
): Pick<BodyCircumstances, "betas" | "takesUnknown"> {
  const betas = Array.isArray(flags) ? flags.filter((flag) => typeof flag === "string") : [];
  return { betas, takesUnknown: betas.length > 0 && (facts.unknownFieldsInside === "accept" ? true : "at-the-top") };
}

/** Characters that are not of base64 are passed over, as AWS's decoders do. */
const decodeBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
