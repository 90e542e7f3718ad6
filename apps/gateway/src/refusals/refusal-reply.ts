import type { Reply } from "@claude-on-aws/listen";
import type { RequestForm } from "../terms/gateway-route.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";
import { type ErrorBody, inBedrockForm } from "./bedrock-exceptions.ts";

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Answers with a refusal, in the form of the Messages API; to a client of Amazon Bedrock so that AWS's SDKs can read it too.
 *
 * @param refusal Why nothing is sent.
 * @param form The form of the request; null where it has none.
 * @returns The reply.
 */
export function refusalReply(
  { code, status, type, message, shouldRetry, headers = [] }: OwnRefusal,
  form: RequestForm | null = null,
): Reply {
  const error: ErrorBody = { type: "error", error: { type, message } };
  const written = form === "bedrock" ? inBedrockForm(error) : { headers: [], body: error };
  return {
    status,
    headers: [
      ["content-type", "application/json"],
      ["x-should-retry", String(shouldRetry)],
      ["x-claude-on-aws-refusal", code],
      ...written.headers,
      ...headers,
    ],
    body: utf8.encode(JSON.stringify(written.body)),
  };
}
