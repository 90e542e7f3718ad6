import type { Reply } from "@claude-on-aws/listen";
import type { OwnRefusal } from "../terms/own-refusal.ts";

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Answers with a refusal, in the form of the Messages API.
 *
 * @param refusal Why nothing is sent.
 * @returns The reply.
 */
export function refusalReply({ code, status, type, message, shouldRetry, headers = [] }: OwnRefusal): Reply {
  return {
    status,
    headers: [
      ["content-type", "application/json"],
      ["x-should-retry", String(shouldRetry)],
      ["x-claude-on-aws-refusal", code],
      ...headers,
    ],
    body: utf8.encode(JSON.stringify({ type: "error", error: { type, message } })),
  };
}
