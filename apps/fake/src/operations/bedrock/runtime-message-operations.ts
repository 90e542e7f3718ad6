import type { BuiltOperation, Touches } from "../../exchange/operation.ts";
import { CREATE_MESSAGE } from "../messages/message-operations.ts";
import type { OperationTable } from "../operation-table.ts";
import { touchedByInvocation } from "./touched-by-invocation.ts";

/** What an invocation of the model acts on that the body names. */
const touchedByBody: Touches = (request, settings, known) => {
  const model = request.body()?.["model"];
  const parameters = { modelId: encodeURIComponent(typeof model === "string" ? model : "") };
  return touchedByInvocation({ ...request, parameters }, settings, known);
};

const CREATE_MESSAGE_ON_RUNTIME: BuiltOperation = {
  ...CREATE_MESSAGE,
  model: "body-with-profile",
  actionOf: ({ body }) => `bedrock:InvokeModel${body()?.["stream"] === true ? "WithResponseStream" : ""}`,
  touches: touchedByBody,
};

/**
 * The Messages API of Bedrock's runtime, which streams server-sent events and counts no tokens. How it words its errors is
 * not published: they have the shape of the runtime.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html | Messages API of Amazon Bedrock}
 */
export const RUNTIME_MESSAGE_OPERATIONS: OperationTable = {
  "POST /anthropic/v1/messages": CREATE_MESSAGE_ON_RUNTIME,
};
