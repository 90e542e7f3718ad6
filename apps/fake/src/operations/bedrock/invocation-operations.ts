import { countTokens } from "../../answer/count-tokens.ts";
import type { BuiltOperation } from "../../exchange/operation.ts";
import {
  findConverseCapabilityProblem,
  findCountingCapabilityProblem,
  findMessagesCapabilityProblem,
} from "../../validate/capabilities/find-capability-problem.ts";
import { findConverseBodyProblem } from "../../validate/find-converse-body-problem.ts";
import { findCountTokensOfModelProblem } from "../../validate/find-count-tokens-of-model-problem.ts";
import { findInvokeModelProblem } from "../../validate/find-invoke-model-problem.ts";
import { json } from "../json.ts";
import { answerMessage } from "../messages/answer-message.ts";
import type { OperationTable } from "../operation-table.ts";
import { countedBody } from "./counted-body.ts";
import { touchedByInvocation } from "./touched-by-invocation.ts";

const INVOKE_MODEL: BuiltOperation = {
  maxBodyBytes: ({ maxInvokeModelBodyBytes }) => maxInvokeModelBodyBytes,
  model: "path",
  form: "invoke-model",
  findBodyProblem: findInvokeModelProblem,
  findCapabilityProblem: findMessagesCapabilityProblem,
  touches: touchedByInvocation,
  behave: answerMessage,
};

const CONVERSE: BuiltOperation = {
  model: "path",
  form: "converse",
  findBodyProblem: findConverseBodyProblem,
  findCapabilityProblem: findConverseCapabilityProblem,
  touches: touchedByInvocation,
  behave: answerMessage,
};

/** What a model of Amazon Bedrock is asked. */
export const INVOCATION_OPERATIONS: OperationTable = {
  "POST /model/{modelId}/invoke": INVOKE_MODEL,
  "POST /model/{modelId}/invoke-with-response-stream": { ...INVOKE_MODEL, form: "invoke-model-stream" },
  "POST /model/{modelId}/converse": CONVERSE,
  "POST /model/{modelId}/converse-stream": { ...CONVERSE, form: "converse-stream" },
  "POST /model/{modelId}/count-tokens": {
    // Tokens are counted for the foundation model itself.
    model: "path-without-profile",
    findBodyProblem: findCountTokensOfModelProblem,
    findCapabilityProblem: findCountingCapabilityProblem,
    touches: touchedByInvocation,
    behave: json(({ input = {} }) => ({ inputTokens: countTokens(countedBody(input)) })),
  },
};
