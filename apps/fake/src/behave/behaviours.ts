import type { Exchange } from "../exchange.ts";
import type { Fault } from "../faults.ts";
import type { BuiltOperation } from "../operations.ts";
import type { FakeSettings } from "../options.ts";
import { isObject } from "../validate/check-json.ts";
import { countTokens } from "./count-tokens.ts";
import { echo } from "./echo.ts";
import { getInferenceProfile, listInferenceProfiles } from "./inference-profiles.ts";
import type { Message } from "./message.ts";
import { getModel, listModels } from "./models.ts";

/** What should be answered, before anything is written: a message, in the form the operation has, or an object. */
export type Reply =
  | { readonly kind: "json"; readonly value: object }
  | { readonly kind: "message" | "message-stream"; readonly message: Message }
  | { readonly kind: "invoke-model" | "invoke-model-stream"; readonly message: Message }
  | { readonly kind: "converse" | "converse-stream"; readonly message: Message };

type Behaviour = (exchange: Exchange, settings: FakeSettings) => Reply | Fault;

const json =
  (answer: (exchange: Exchange, settings: FakeSettings) => object | Fault): Behaviour =>
  (exchange, settings) => {
    const value = answer(exchange, settings);
    return isFault(value) ? value : { kind: "json", value };
  };

const createMessage: Behaviour = (exchange, settings) => ({
  kind: exchange.input?.["stream"] === true ? "message-stream" : "message",
  message: echo(exchange, settings),
});

const answerAs =
  (kind: Exclude<Reply["kind"], "json">): Behaviour =>
  (exchange, settings) => ({ kind, message: echo(exchange, settings) });

/** What each operation does. */
export const BEHAVIOURS: Readonly<Record<BuiltOperation, Behaviour>> = {
  CreateMessage: createMessage,
  CreateMessageOnMantle: createMessage,
  CountTokens: json(({ input }) => ({ input_tokens: countTokens(input ?? {}) })),
  ListModels: json(listModels),
  GetModel: json(getModel),
  InvokeModel: answerAs("invoke-model"),
  InvokeModelWithResponseStream: answerAs("invoke-model-stream"),
  Converse: answerAs("converse"),
  ConverseStream: answerAs("converse-stream"),
  CountTokensOfModel: json(({ input }) => ({ inputTokens: countTokens(countedBody(input ?? {})) })),
  ListInferenceProfiles: json(listInferenceProfiles),
  GetInferenceProfile: json(getInferenceProfile),
};

/** Whether a behaviour refused. */
export const isFault = (value: object): value is Fault => "name" in value && "message" in value && !("kind" in value);

/** The body that CountTokens of Amazon Bedrock is about; a body of InvokeModel comes in base64. */
function countedBody({ input }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { invokeModel, converse } = isObject(input) ? input : {};
  if (isObject(converse)) return converse;
  const body = isObject(invokeModel) ? invokeModel["body"] : undefined;
  const parsed: unknown = typeof body === "string" ? parseBase64Json(body) : undefined;
  return isObject(parsed) ? parsed : {};
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
