import type { Acceptance, ModelCapabilities } from "../capabilities/model-capabilities.ts";

/** A field that is taken only beside a beta, and who says so. */
export interface BetaField {
  /** From the body to the field; `*` stands for each position of a list. */
  readonly path: readonly string[];
  /** The step by which the service names the kind of the object that has the field: a fixed one, or its `type`. */
  readonly variant?: "custom" | "type";
  /** How the names of the betas begin that bring it, where one of them does: the day of a newer version follows. */
  readonly betas: readonly string[];
  /** Where it is asked for; both where absent. */
  readonly service?: "bedrock";
  /** Whether a model takes it without any beta; none does where absent. */
  readonly taken?: (model: ModelCapabilities) => Acceptance;
  readonly source: string;
}

const SDK = "what the documents and the types of @anthropic-ai/sdk 1.14.0 say of the field, November 2026";
const AWS_TOOL_USE =
  "docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html, October 2026";

/**
 * The fields of a body that need a beta, with the names of the betas that bring each. Known in November 2026.
 *
 * @example Usage
 * ```ts
 * import { BETA_FIELDS } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(BETA_FIELDS.find(({ path }) => path.join(".") === "speed")?.betas, ["fast-mode-"]);
 * ```
 */
export const BETA_FIELDS: readonly BetaField[] = /* @__PURE__ */ (() => [
  {
    path: ["context_management"],
    betas: ["context-management-", "compact-"],
    source: "github.com/anthropics/claude-code/issues/14135; on Amazon Bedrock issues/63532, 2026",
  },
  { path: ["compaction"], betas: ["compact-"], source: SDK },
  { path: ["mcp_servers"], betas: ["mcp-client-"], source: SDK },
  { path: ["output_format"], betas: ["structured-outputs-"], source: SDK },
  { path: ["fallbacks"], betas: ["server-side-fallback-"], source: SDK },
  { path: ["fallback_credit_token"], betas: ["fallback-credit-"], source: SDK },
  { path: ["thread"], betas: ["message-threads-"], source: SDK },
  { path: ["safeguards"], betas: ["dangerous-tool-use-"], source: SDK },
  {
    path: ["speed"],
    betas: ["fast-mode-"],
    source: `${SDK}; «speed: Extra inputs are not permitted» on Amazon Bedrock in public source`,
  },
  { path: ["output_config", "task_budget"], betas: ["task-budgets-"], source: SDK },
  {
    path: ["thinking", "block_binding"],
    variant: "type",
    betas: ["thinking-binding-controls-"],
    source: "platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting, September 2026",
  },
  {
    path: ["messages", "*", "output_config"],
    betas: ["mid-conversation-output-config-", "mid-conversation-effort-", "per-turn-control-", "per-message-effort-"],
    source:
      "docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html, October 2026: any of the four",
  },
  { path: ["messages", "*", "clear_at"], betas: ["mid-conversation-system-clear-at-"], source: SDK },
  {
    path: ["tools", "*", "defer_loading"],
    variant: "custom",
    betas: ["tool-search-tool-"],
    service: "bedrock",
    source: `${AWS_TOOL_USE}; github.com/anthropics/claude-code/issues/82549`,
  },
  {
    path: ["tools", "*", "input_examples"],
    variant: "custom",
    betas: ["tool-examples-", "tool-search-tool-"],
    service: "bedrock",
    source: `${AWS_TOOL_USE}; github.com/anthropics/claude-code/issues/11678`,
  },
  {
    path: ["tools", "*", "eager_input_streaming"],
    variant: "custom",
    // `fine-grained-tool-streaming` does the same for the whole request, and does not bring the field.
    betas: [],
    service: "bedrock",
    taken: ({ eagerInputStreaming }) => eagerInputStreaming.runtime,
    source:
      "github.com/anthropics/claude-code/issues/82549 and claude-agent-sdk-python/issues/694, of Sonnet 4.5; left out by @ai-sdk/amazon-bedrock, November 2026; sent by Claude Code 2.1.332 to the models that take it",
  },
])();
