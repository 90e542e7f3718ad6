/** A beta, whether InvokeModel takes it, and who says so. */
export interface Beta {
  readonly flag: string;
  /** Whether Amazon Bedrock takes it in a body. */
  readonly onBedrock: boolean;
  /** The flag under which Amazon Bedrock has the same; absent where it has none of another name. */
  readonly nameOnBedrock?: string;
  readonly source: string;
}

const LITELLM = "github.com/BerriAI/litellm/pull/19877, after the Bedrock user guide";
const MEASURED = "tried one by one in github.com/router-for-me/CLIProxyAPI/issues/4750";
const CLAUDE_CODE = "sent by Claude Code 2.1.329";
const SDK_TYPES = "AnthropicBeta of @anthropic-ai/sdk 1.11.0";

type Row = readonly [source: string, onBedrock: boolean, flags: readonly string[]];

const ROWS: readonly Row[] = /* @__PURE__ */ (() => [
  [
    LITELLM,
    true,
    [
      "computer-use-2024-10-22",
      "computer-use-2025-01-24",
      "token-efficient-tools-2025-02-19",
      "interleaved-thinking-2025-05-14",
      "output-128k-2025-02-19",
      "dev-full-thinking-2025-05-14",
      "context-1m-2025-08-07",
      "context-management-2025-06-27",
      "effort-2025-11-24",
      "tool-search-tool-2025-10-19",
      "tool-examples-2025-10-29",
    ],
  ],
  [MEASURED, true, ["claude-code-20250219", "structured-outputs-2025-12-15"]],
  [`${CLAUDE_CODE} in the body`, true, ["thinking-token-count-2026-05-13", "thinking-display-updates-2026-08-18"]],
  // It asks once more without it where it is refused; with a base URL of its own it never sends it.
  [`${CLAUDE_CODE} in the body, where no base URL is set`, true, ["thinking-binding-controls-2026-08-01"]],
  [
    "docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html",
    true,
    ["fine-grained-tool-streaming-2025-05-14", "computer-use-2025-11-24", "compact-2026-01-12"],
  ],
  [
    "sent by @ai-sdk/amazon-bedrock 5.0.101 in the body, with tools and with documents",
    true,
    ["structured-outputs-2025-11-13", "pdfs-2024-09-25"],
  ],
  [
    "docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html, October 2026: any of the four brings `output_config` of a message",
    true,
    [
      "mid-conversation-output-config-2026-07-01",
      "mid-conversation-effort-2026-08-01",
      "per-turn-control-2026-07-01",
      "per-message-effort-2026-07-01",
    ],
  ],
  [
    "docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-opus-5-5.html",
    true,
    ["compact-2026-09-04"],
  ],
  [
    "tried by github.com/envoyproxy/ai-gateway, internal/translator/anthropic_awsanthropic.go at c217da8, August 2026",
    true,
    [
      "mcp-client-2025-04-04",
      "mcp-client-2025-11-20",
      "search-results-2025-06-09",
      "token-counting-2024-11-01",
      "web-search-2025-03-05",
      "model-context-window-exceeded-2025-08-26",
    ],
  ],
  // No service knows it; a test of a real client sends it, and must get its answer.
  ["placeholder in a recorded request of @anthropic-ai/bedrock-sdk 0.36.0", true, ["b2"]],
  [
    MEASURED,
    false,
    [
      "oauth-2025-04-20",
      "prompt-caching-scope-2026-01-05",
      "fast-mode-2026-02-01",
      "redact-thinking-2026-02-12",
      "token-efficient-tools-2026-03-28",
    ],
  ],
  ["github.com/anthropics/claude-code/issues/56595", false, ["extended-cache-ttl-2025-04-11"]],
  ["github.com/BerriAI/litellm/pull/19875", false, ["mcp-servers-2025-12-04"]],
  [
    `${CLAUDE_CODE} to Claude Platform on AWS`,
    false,
    ["mid-conversation-tool-changes-2026-07-01", "advisor-tool-2026-03-01", "advanced-tool-use-2025-11-20"],
  ],
  [
    SDK_TYPES,
    false,
    [
      "mcp-client-2026-09-15",
      "code-execution-2025-05-22",
      "output-300k-2026-03-24",
      "user-profiles-2026-03-24",
      "user-profiles-2026-08-18",
      "user-profiles-2026-09-04",
      "user-profiles-billing-2026-10-01",
      "managed-agents-2026-04-01",
      "dreaming-2026-04-21",
      "server-side-fallback-2026-06-01",
      "server-side-fallback-2026-07-01",
      "fallback-credit-2026-06-01",
      "fallback-credit-2026-07-01",
      "agent-memory-2026-07-22",
      "mcp-tunnels-2026-06-22",
      "task-budgets-2026-03-13",
      "mid-conversation-system-clear-at-2026-08-21",
      "inline-tools-2026-09-15",
      "message-threads-2026-08-12",
      "message-batches-2024-09-24",
      "prompt-caching-2024-07-31",
      "files-api-2025-04-14",
      "skills-2025-10-02",
      "cache-diagnosis-2026-04-07",
    ],
  ],
  [
    "what Claude Code's own gateway 2.1.332 says at GET /protocol: taken out before Amazon Bedrock and its Messages endpoint",
    false,
    ["request-tags-2026-08-21"],
  ],
  [
    "sent by @ai-sdk/anthropic 4.0.68 with the tools that need them",
    false,
    [
      "code-execution-2025-08-25",
      "code-execution-web-tools-2026-02-09",
      "dangerous-tool-use-2026-09-03",
      "mid-conversation-system-2026-04-07",
      "web-fetch-2025-09-10",
    ],
  ],
])();

/** What Amazon Bedrock calls otherwise: translated by Envoy AI Gateway at c217da8 and by LiteLLM at 030dd40, 2026. */
const NAMES_ON_BEDROCK: Readonly<Record<string, string>> = {
  "advanced-tool-use-2025-11-20": "tool-search-tool-2025-10-19",
};

/**
 * The betas that are known, whether Amazon Bedrock takes each in a body, and where that comes from. Known in November 2026.
 *
 * @example Usage
 * ```ts
 * import { BETAS } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const beta = BETAS.find(({ flag }) => flag === "advanced-tool-use-2025-11-20");
 * equal(beta?.onBedrock, false);
 * equal(beta?.nameOnBedrock, "tool-search-tool-2025-10-19");
 * ```
 */
export const BETAS: readonly Beta[] = /* @__PURE__ */ ROWS.flatMap(([source, onBedrock, flags]) =>
  flags.map((flag) => {
    const nameOnBedrock = NAMES_ON_BEDROCK[flag];
    return { flag, onBedrock, ...(nameOnBedrock === undefined ? {} : { nameOnBedrock }), source };
  }),
);

const KNOWN = /* @__PURE__ */ new Map(/* @__PURE__ */ BETAS.map((beta) => [beta.flag, beta]));

/**
 * Finds what is known of a beta.
 *
 * @example Usage
 * ```ts
 * import { findBeta } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(findBeta("context-1m-2025-08-07")?.onBedrock, true);
 * equal(findBeta("not-a-beta-2026-01-01"), undefined);
 * ```
 *
 * @param flag A value of `anthropic-beta`.
 * @returns Its row in {@link BETAS}; `undefined` where there is none.
 */
export const findBeta = (flag: string): Beta | undefined => KNOWN.get(flag);
