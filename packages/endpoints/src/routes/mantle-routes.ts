import { CLAUDE_SERVICES } from "../claude-services.ts";
import type { Route } from "./route.ts";

type Row = readonly [path: string, operation: string, action: string, onlyBehindBaseUrl?: true];

const ROWS: readonly Row[] = [
  ["/anthropic/v1/messages", "CreateMessage", "CreateInference"],
  // A client whose base URL is replaced leaves the prefix out (Claude Code 2.1.329); the host itself answers 404
  // (github.com/BerriAI/litellm/issues/27976).
  ["/v1/messages", "CreateMessage", "CreateInference", true],
  // Sent by the Mantle client of @anthropic-ai/bedrock-sdk 1.1.2; documented neither as served nor as missing.
  ["/anthropic/v1/messages/count_tokens", "CountTokens", "CountTokens"],
  ["/v1/messages/count_tokens", "CountTokens", "CountTokens", true],
];

/**
 * The routes of the Messages endpoint of Amazon Bedrock that clients of Claude ask for. Only the first is documented.
 *
 * @example Usage
 * ```ts
 * import { MANTLE_ROUTES } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(MANTLE_ROUTES[0]?.path, "/anthropic/v1/messages");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock | Claude in Amazon Bedrock}
 */
export const MANTLE_ROUTES: readonly Route[] = /* @__PURE__ */ ROWS.map(
  ([path, operation, action, onlyBehindBaseUrl]): Route => ({
    provider: "mantle",
    ...(onlyBehindBaseUrl === undefined ? {} : { onlyBehindBaseUrl }),
    method: "POST",
    path,
    operation,
    action: `${CLAUDE_SERVICES.mantle.actionPrefix}:${action}`,
    resources: ["project"],
  }),
);
