import { CONTEXT_BETA } from "./context-beta.ts";
import type { CapabilitySource } from "./capability-sources.ts";
import type { Acceptance, ByService, ModelCapabilities, ThinkingForms } from "./model-capabilities.ts";

/** The day on which the table was compiled. */
export const CAPABILITIES_AS_OF = "2026-11-29";

const LEVELS = ["low", "medium", "high", "xhigh", "max"] as const;

/**
 * Types of tools that run on the server of the first party, and that Bedrock's runtime has for no model.
 *
 * @example Usage
 * ```ts
 * import { NOT_ON_RUNTIME } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(NOT_ON_RUNTIME.test("web_search_20250305"), true);
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html | Tool use},
 * as of {@link CAPABILITIES_AS_OF}.
 */
export const NOT_ON_RUNTIME: RegExp =
  /^(?:web_search|web_fetch|code_execution|advisor)_\d{8}$|^tool_search_tool_bm25(?:_\d{8})?$/;

/** Every type of computer tool that is known; a model whose tools are documented takes no other of them. */
const COMPUTER_TOOLS = ["computer_20241022", "computer_20250124", "computer_20251124"] as const;

const documented = (taken: (typeof COMPUTER_TOOLS)[number]): Readonly<Record<string, Acceptance>> =>
  Object.fromEntries(COMPUTER_TOOLS.map((type) => [type, type === taken ? "taken" : "refused"]));

const computerTools = (known: Partial<Record<(typeof COMPUTER_TOOLS)[number], Acceptance>> = {}) =>
  Object.fromEntries(COMPUTER_TOOLS.map((type) => [type, known[type] ?? "unknown"]));

const thinking = (
  enabled: Acceptance,
  adaptive: Acceptance,
  disabled: ThinkingForms["disabled"],
  // Sonnet 5.5 alone has it, on all platforms.
  between_tools: Acceptance = "refused",
): ThinkingForms => ({ enabled, adaptive, disabled, between_tools });

/** On Bedrock's Messages endpoint no model takes `output_config.format`. */
const formats = (claudePlatform: Acceptance, runtime: Acceptance): ByService => ({
  "anthropic-aws": claudePlatform,
  runtime,
  mantle: "refused",
});

const strict = (claudePlatform: Acceptance, runtime: Acceptance, mantle: Acceptance = "unknown"): ByService => ({
  "anthropic-aws": claudePlatform,
  runtime,
  mantle,
});

/** The Claude API has `eager_input_streaming` for every model; of Bedrock's Messages endpoint nobody says anything. */
const eager = (runtime: Acceptance): ByService => ({ "anthropic-aws": "taken", runtime, mantle: "unknown" });

type Shared = Omit<ModelCapabilities, "id" | "sources">;

/** Claude 5: thinking is adaptive, sampling is the model's own. */
const CLAUDE_5: Shared = /* @__PURE__ */ (() => ({
  thinking: thinking("refused", "taken", "taken"),
  effort: LEVELS,
  sampling: "defaults only",
  prefill: "refused",
  forcedTools: "taken",
  forcedToolsWhenCounting: "unknown",
  systemRole: "taken",
  contextTokens: 1_000_000,
  contextBeta: null,
  maxOutputTokens: 128_000,
  minCacheTokens: 512,
  countTokensOnRuntime: "none",
  outputFormat: formats("taken", "refused"),
  strictTools: strict("taken", "refused"),
  eagerInputStreaming: eager("taken"),
  computerTools: documented("computer_20251124"),
  claudeEnvelopeOnInvokeModel: "disputed",
}))();

const FABLE_5: Shared = /* @__PURE__ */ (() => ({
  ...CLAUDE_5,
  thinking: thinking("refused", "taken", "refused"),
  computerTools: computerTools(),
}))();

/** Claude 4.6: the last that takes budgets, the first that takes no prefill. */
const CLAUDE_4_6: Shared = /* @__PURE__ */ (() => ({
  ...CLAUDE_5,
  thinking: thinking("taken", "taken", "taken"),
  effort: ["low", "medium", "high", "max"],
  sampling: "one of temperature and top_p",
  systemRole: "refused",
  contextBeta: CONTEXT_BETA,
  countTokensOnRuntime: "bare id",
  outputFormat: formats("taken", "taken"),
  strictTools: strict("taken", "taken"),
  eagerInputStreaming: eager("refused"),
  computerTools: computerTools(),
  claudeEnvelopeOnInvokeModel: "refused",
}))();

const CLAUDE_4_5: Shared = /* @__PURE__ */ (() => ({
  ...CLAUDE_4_6,
  thinking: thinking("taken", "refused", "taken"),
  effort: [],
  prefill: "taken",
  contextTokens: 200_000,
  contextBeta: null,
  maxOutputTokens: 64_000,
  minCacheTokens: 4096,
}))();

/** Claude 3.7 and the first two of Claude 4: served on Bedrock alone. */
const CLAUDE_4: Shared = /* @__PURE__ */ (() => ({
  ...CLAUDE_4_5,
  sampling: "any",
  minCacheTokens: "unknown",
  countTokensOnRuntime: "unknown",
  outputFormat: formats("unknown", "refused"),
  strictTools: strict("unknown", "refused"),
}))();

const CLAUDE_3_5: Shared = /* @__PURE__ */ (() => ({
  ...CLAUDE_4,
  thinking: thinking("refused", "refused", "taken"),
  maxOutputTokens: 8192,
}))();

type Row = readonly [id: string, shared: Shared, own: Partial<Shared>, sources: readonly CapabilitySource[]];

const ROWS: readonly Row[] = /* @__PURE__ */ (() => [
  [
    "claude-fable-5-2",
    FABLE_5,
    { forcedTools: "refused", minCacheTokens: "unknown", countTokensOnRuntime: "unknown" },
    ["aiSdk", "piAi", "claudeCode"],
  ],
  ["claude-fable-5-1", FABLE_5, { forcedTools: "refused" }, ["thinking", "cards", "aiSdk", "claudeCode"]],
  [
    "claude-fable-5",
    FABLE_5,
    // Refused when it was measured in June, taken by @ai-sdk/anthropic in November.
    { forcedTools: "disputed", computerTools: computerTools({ computer_20250124: "refused" }) },
    ["thinking", "aiSdk", "measured", "claudeCode"],
  ],
  [
    "claude-opus-5-5",
    CLAUDE_5,
    { thinking: thinking("refused", "taken", "refused"), forcedTools: "refused" },
    ["thinking", "cards", "opus55", "aiSdk", "measured", "claudeCode"],
  ],
  [
    "claude-sonnet-5-5",
    CLAUDE_5,
    {
      thinking: thinking("refused", "taken", "refused", "taken"),
      forcedTools: "refused",
      forcedToolsWhenCounting: "refused",
    },
    ["sonnet55", "cards", "aiSdk", "claudeCode"],
  ],
  [
    "claude-haiku-5-5",
    CLAUDE_5,
    { thinking: thinking("refused", "taken", "taken up to high"), eagerInputStreaming: eager("unknown") },
    ["cards", "adaptive", "aiSdk", "claudeCode"],
  ],
  [
    "claude-opus-5",
    CLAUDE_5,
    { thinking: thinking("refused", "taken", "taken up to high") },
    ["thinking", "cards", "aiSdk", "claudeCode"],
  ],
  ["claude-sonnet-5", CLAUDE_5, { minCacheTokens: 1024 }, ["thinking", "aiSdk", "measured", "claudeCode"]],
  [
    "claude-opus-4-8",
    CLAUDE_5,
    { thinking: thinking("refused", "taken", "disputed above high"), minCacheTokens: 1024 },
    ["thinking", "cards", "systemRole", "aiSdk", "measured", "claudeCode"],
  ],
  [
    "claude-opus-4-7",
    CLAUDE_5,
    {
      systemRole: "refused",
      minCacheTokens: 4096,
      strictTools: strict("taken", "refused", "refused"),
      computerTools: computerTools({ computer_20241022: "refused" }),
    },
    ["thinking", "cards", "counting", "toolUse", "aiSdk", "measured", "claudeCode"],
  ],
  ["claude-opus-4-6", CLAUDE_4_6, { minCacheTokens: 4096 }, ["thinking", "errors", "aiSdk", "caching", "window"]],
  // 64,000 in one table of Bedrock.
  [
    "claude-sonnet-4-6",
    CLAUDE_4_6,
    { minCacheTokens: 1024, eagerInputStreaming: eager("taken") },
    ["thinking", "errors", "cards", "aiSdk", "caching", "window", "claudeCode"],
  ],
  [
    "claude-opus-4-5",
    CLAUDE_4_5,
    { effort: ["low", "medium", "high"], computerTools: computerTools() },
    ["thinking", "parameters", "caching", "aiSdk"],
  ],
  [
    "claude-sonnet-4-5",
    CLAUDE_4_5,
    { minCacheTokens: 1024, computerTools: documented("computer_20250124") },
    ["thinking", "cards", "caching", "measured"],
  ],
  [
    "claude-haiku-4-5",
    CLAUDE_4_5,
    { computerTools: documented("computer_20250124") },
    ["thinking", "cards", "caching", "measured"],
  ],
  [
    "claude-opus-4-1",
    CLAUDE_4,
    {
      sampling: "unknown",
      maxOutputTokens: 32_000,
      outputFormat: formats("taken", "refused"),
      strictTools: strict("taken", "refused"),
    },
    ["thinking", "parameters", "overview", "aiSdk"],
  ],
  ["claude-opus-4", CLAUDE_4, { maxOutputTokens: 32_000 }, ["thinking", "parameters", "overview"]],
  ["claude-sonnet-4", CLAUDE_4, { contextBeta: CONTEXT_BETA }, ["thinking", "parameters", "overview", "window"]],
  [
    "claude-3-7-sonnet",
    CLAUDE_4,
    { minCacheTokens: 1024, computerTools: computerTools({ computer_20250124: "taken" }) },
    ["thinking", "parameters", "toolUse", "overview"],
  ],
  ["claude-3-5-sonnet", CLAUDE_3_5, {}, ["overview", "parameters"]],
  ["claude-3-5-haiku", CLAUDE_3_5, {}, ["overview", "parameters"]],
])();

/**
 * What each model takes on each service, as of {@link CAPABILITIES_AS_OF}, newest first. What holds for the first party
 * is taken to hold on AWS where no source says otherwise.
 *
 * @example Usage
 * ```ts
 * import { MODEL_CAPABILITIES } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * const withPrefill = MODEL_CAPABILITIES.filter(({ prefill }) => prefill === "taken");
 * deepEqual(withPrefill[0]?.id, "claude-opus-4-5");
 * ```
 *
 * @see The `sources` of each row, in {@link CAPABILITY_SOURCES}.
 */
export const MODEL_CAPABILITIES: readonly ModelCapabilities[] = /* @__PURE__ */ ROWS.map(
  ([id, shared, own, sources]) => ({
    id,
    ...shared,
    ...own,
    sources,
  }),
);
