import { countTokens } from "../../answer/count-tokens.ts";
import type { BuiltOperation } from "../../exchange/operation.ts";
import {
  findCountedCapabilityProblem,
  findMessagesCapabilityProblem,
} from "../../validate/capabilities/find-capability-problem.ts";
import { findCountTokensProblem } from "../../validate/find-count-tokens-problem.ts";
import { findCreateMessageProblem } from "../../validate/find-create-message-problem.ts";
import { json } from "../json.ts";
import type { OperationTable } from "../operation-table.ts";
import { answerMessage } from "./answer-message.ts";

/** How a message is created, wherever the Messages API is served. */
export const CREATE_MESSAGE: BuiltOperation = {
  model: "body",
  form: "message",
  findBodyProblem: findCreateMessageProblem,
  findCapabilityProblem: findMessagesCapabilityProblem,
  behave: answerMessage,
};

const COUNT_TOKENS: BuiltOperation = {
  model: "body",
  findBodyProblem: findCountTokensProblem,
  findCapabilityProblem: findCountedCapabilityProblem,
  behave: json(({ input = {} }) => ({ input_tokens: countTokens(input) })),
};

const COUNT_TOKENS_ON_MANTLE: BuiltOperation = {
  ...COUNT_TOKENS,
  isServed: ({ countTokensOnMantle }) => countTokensOnMantle,
};

/** Messages of Claude Platform on AWS. */
export const MESSAGE_OPERATIONS: OperationTable = {
  "POST /v1/messages": CREATE_MESSAGE,
  "POST /v1/messages/count_tokens": COUNT_TOKENS,
};

/** Messages of the Messages endpoint of Amazon Bedrock. */
export const MANTLE_MESSAGE_OPERATIONS: OperationTable = {
  "POST /anthropic/v1/messages": CREATE_MESSAGE,
  "POST /v1/messages": CREATE_MESSAGE,
  "POST /anthropic/v1/messages/count_tokens": COUNT_TOKENS_ON_MANTLE,
  "POST /v1/messages/count_tokens": COUNT_TOKENS_ON_MANTLE,
};
