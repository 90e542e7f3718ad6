import { headerValue } from "@claude-on-aws/auth/sigv4";
import { isObject } from "@claude-on-aws/endpoints";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { Facts } from "../facts.ts";
import type { BuiltOperation } from "../operations.ts";
import type { FakeSettings } from "../options.ts";
import { findByCanonicalId, type ServedModel } from "../served-models.ts";
import { betasOf } from "./betas-of.ts";
import { parseObject } from "./check-json.ts";
import { findConversationProblem } from "./find-conversation-problem.ts";
import { findConverseProblem } from "./find-converse-problem.ts";
import { findParameterProblem } from "./find-parameter-problem.ts";
import { findToolProblem } from "./find-tool-problem.ts";
import { converseSchema, countTokensOfModelSchema } from "./schema/converse-schema.ts";
import { findProblem } from "./schema/find-problem.ts";
import {
  countedInvokeModelSchema,
  countTokensSchema,
  createMessageSchema,
  invokeModelSchema,
  type MessagesForm,
} from "./schema/messages-schema.ts";
import { fieldWords, jsonSchemaWords, serviceModelWords } from "./schema/problem-words.ts";

type Input = Readonly<Record<string, unknown>>;

/** What decides about a body beside the body. */
interface Circumstances {
  readonly form: MessagesForm;
  readonly takesUnknown: boolean;
  readonly betas: readonly string[];
  readonly model: ServedModel | undefined;
  readonly facts: Facts;
  readonly provider: Exchange["route"]["provider"];
}

/** Says what is wrong with a body, in the words of the service. */
type FindWords = (input: Input, circumstances: Circumstances) => string | undefined;

/** The bodies of each operation that has one. */
const FIND: Partial<Record<BuiltOperation, FindWords>> = {
  CreateMessage: inCreateMessage,
  CreateMessageOnMantle: inCreateMessage,
  CountTokens: inCountTokens,
  InvokeModel: inInvokeModel,
  InvokeModelWithResponseStream: inInvokeModel,
  Converse: inConverse,
  ConverseStream: inConverse,
  CountTokensOfModel: inCountTokensOfModel,
};

/** Whether the body is one that the operation takes. */
export function checkBody(exchange: Exchange, { facts, models }: FakeSettings): Verdict {
  const { route, input, model } = exchange;
  const find = route.operation?.built && FIND[route.operation.built];
  if (find === undefined || input === undefined) return "not-applicable";
  const betas = betasOf(exchange);
  const unknown = route.provider === "bedrock" ? facts.unknownFieldsOnBedrock : facts.unknownFieldsOnMessagesApi;
  const words = find(input, {
    form: { systemRole: facts.systemRoleInMessages, betaFields: facts.betaFieldsWithoutBeta || isNewVersion(exchange) },
    takesUnknown: unknown === "accept" || (unknown === "accept with a beta" && betas.length > 0),
    betas,
    // Nobody knows which model is behind an application inference profile that nobody created.
    model:
      model === undefined || model.requested.includes(":application-inference-profile/")
        ? undefined
        : findByCanonicalId(model.model, models),
    facts,
    provider: route.provider,
  });
  return words === undefined ? undefined : fault("body-invalid", words);
}

/** The version that the SDKs send since their 1.0, which have no beta path any more. */
const isNewVersion = ({ request }: Exchange): boolean =>
  headerValue(request.headers, "anthropic-version")?.trim() === "2026-10-21";

function inCreateMessage(input: Input, circumstances: Circumstances): string | undefined {
  const { form, takesUnknown, betas, model, facts, provider } = circumstances;
  const problem = findProblem(createMessageSchema(form), input, takesUnknown);
  if (problem !== undefined) return fieldWords(problem);
  const { output_config: output } = input;
  if (provider === "mantle" && !facts.outputFormatOnMantle && isObject(output) && output["format"] !== undefined) {
    return "output_config.format: Extra inputs are not permitted";
  }
  return (
    findParameterProblem(input, model, betas, facts.maxOutputTokens) ??
    findToolProblem(input) ??
    findConversationProblem(input, facts, true)
  );
}

function inCountTokens(input: Input, { form, takesUnknown, facts }: Circumstances): string | undefined {
  const problem = findProblem(countTokensSchema(form), input, takesUnknown);
  if (problem !== undefined) return fieldWords(problem);
  return findConversationProblem(input, facts, facts.toolPairsWhenCounting);
}

function inInvokeModel(input: Input, circumstances: Circumstances): string | undefined {
  const { form, takesUnknown, betas, model, facts } = circumstances;
  const problem = findProblem(invokeModelSchema(form), input, takesUnknown);
  if (problem !== undefined) return invokeModelWords(facts)(problem);
  return (
    findParameterProblem(input, model, betas, facts.maxOutputTokens) ??
    findToolProblem(input) ??
    findConversationProblem(input, facts, true)
  );
}

const invokeModelWords = ({ schemaWordsOnBedrock }: Facts): typeof fieldWords =>
  schemaWordsOnBedrock === "field" ? fieldWords : jsonSchemaWords;

function inConverse(input: Input, { takesUnknown, model, facts }: Circumstances): string | undefined {
  const problem = findProblem(converseSchema, input, takesUnknown);
  return problem === undefined ? findConverseProblem(input, model, facts) : serviceModelWords(problem);
}

function inCountTokensOfModel(input: Input, circumstances: Circumstances): string | undefined {
  const { form, facts } = circumstances;
  const problem = findProblem(countTokensOfModelSchema, input, false);
  if (problem !== undefined) return serviceModelWords(problem);
  const { invokeModel, converse } = input["input"] as Input;
  if (isObject(converse)) return inConverse(converse, { ...circumstances, model: undefined });
  const body = parseObject(decodeBase64((invokeModel as { readonly body: string }).body));
  if (body === undefined) {
    return "Malformed input request: the body is not a JSON object, please reformat your input and try again.";
  }
  const inside = findProblem(countedInvokeModelSchema(form), body, Array.isArray(body["anthropic_beta"]));
  if (inside !== undefined) return invokeModelWords(facts)(inside);
  return findConversationProblem(body, facts, facts.toolPairsWhenCounting);
}

/** Characters that are not of base64 are passed over, as AWS's decoders do. */
const decodeBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));
