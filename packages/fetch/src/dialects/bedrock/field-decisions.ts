import type { ModelCapabilities } from "@claude-on-aws/models";
import type { BodyPath } from "../../body/find-paths.ts";

/** What is done about a field of the Messages API on its way to Amazon Bedrock. */
export interface FieldDecision {
  /** Names of the members that lead to it; `*` stands for each item of an array. */
  readonly path: BodyPath;
  /** `drop` leaves it out, `beta` asks for the beta that it needs there, `keep` lets the service answer. */
  readonly decision: "drop" | "beta" | "keep";
  /** The beta that is asked for in its place, or beside it, unless one of `BETA_FIELDS` or `TOOL_BETAS_ON_BEDROCK` is there. */
  readonly beta?: string;
  /** Whether the model takes it as it is; asked of known models alone. */
  readonly taken?: (model: ModelCapabilities) => boolean;
  /** Why, in words that follow "because". */
  readonly reason: string;
}

const SCOPE = "Amazon Bedrock keeps prompts for one account, and refuses a scope";

/** Where a marker of prompt caching may stand. */
const MARKER_PATHS: readonly BodyPath[] = [
  ["cache_control"],
  ["system", "*", "cache_control"],
  ["tools", "*", "cache_control"],
  ["messages", "*", "content", "*", "cache_control"],
  ["messages", "*", "content", "*", "content", "*", "cache_control"],
];

/**
 * What becomes of fields of the Messages API on Amazon Bedrock, one table. Of a field that stands in none of its rows nothing is
 * decided: it is sent as it came, and what the service says of it is the answer.
 *
 * @example Usage
 * ```ts
 * import { FIELD_DECISIONS } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * equal(FIELD_DECISIONS.find(({ path }) => path.join(".") === "tags")?.decision, "drop");
 * ```
 */
export const FIELD_DECISIONS: readonly FieldDecision[] = /* @__PURE__ */ (() => [
  { path: ["tags"], decision: "drop", reason: "only the Claude API takes tags of a request" },
  { path: ["speed"], decision: "drop", reason: "Amazon Bedrock has one speed" },
  { path: ["fallbacks"], decision: "drop", reason: "Amazon Bedrock does not fall back to other models" },
  { path: ["fallback_credit_token"], decision: "drop", reason: "Amazon Bedrock does not fall back to other models" },
  { path: ["output_config", "task_budget"], decision: "drop", reason: "Amazon Bedrock knows no budget of a task" },
  { path: ["thread"], decision: "keep", reason: "a thread left out would be another conversation" },
  { path: ["safeguards"], decision: "keep", reason: "what protects is refused rather than left out" },
  {
    path: ["messages", "*", "clear_at"],
    decision: "keep",
    reason: "a message that stays would be another conversation",
  },
  ...MARKER_PATHS.map((path) => ({ path: [...path, "scope"], decision: "drop", reason: SCOPE }) as const),
  {
    path: ["tools", "*", "eager_input_streaming"],
    decision: "drop",
    beta: "fine-grained-tool-streaming-2025-05-14",
    taken: ({ eagerInputStreaming }) => eagerInputStreaming.runtime === "taken",
    reason: "Amazon Bedrock does not take it of this model, and does the same for a beta",
  },
  {
    path: ["tools", "*", "defer_loading"],
    decision: "beta",
    beta: "tool-search-tool-2025-10-19",
    reason: "Amazon Bedrock takes it beside that beta alone",
  },
  {
    path: ["tools", "*", "input_examples"],
    decision: "beta",
    beta: "tool-examples-2025-10-29",
    reason: "Amazon Bedrock takes it beside that beta alone",
  },
])();
