/** A tool of Anthropic that Amazon Bedrock's runtime takes only beside a beta, and who says so. */
export interface ToolBeta {
  /** Its `type`, with the day of its version. */
  readonly type: string;
  /** The betas of which any one brings it; the first is the one that its documents name. */
  readonly betas: readonly string[];
  readonly source: string;
}

const AWS_TOOL_USE =
  "docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html, October 2026";
const AI_SDK = "sent by @ai-sdk/amazon-bedrock 5.0.101 with the tool";

const COMPUTER_2024 = "computer-use-2024-10-22";
const COMPUTER_2025 = "computer-use-2025-01-24";
const COMPUTER_2025_END = "computer-use-2025-11-24";

type Row = readonly [source: string, betas: readonly string[], types: readonly string[]];

const ROWS: readonly Row[] = [
  [AWS_TOOL_USE, [COMPUTER_2024], ["computer_20241022", "bash_20241022", "text_editor_20241022"]],
  [AWS_TOOL_USE, [COMPUTER_2025], ["computer_20250124"]],
  [AWS_TOOL_USE, [COMPUTER_2025, COMPUTER_2025_END], ["bash_20250124", "text_editor_20250124"]],
  [AI_SDK, [COMPUTER_2025, COMPUTER_2025_END], ["text_editor_20250429", "text_editor_20250728"]],
  [
    "docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-opus-5-5.html",
    [COMPUTER_2025_END],
    ["computer_20251124"],
  ],
  [AWS_TOOL_USE, ["tool-search-tool-2025-10-19"], ["tool_search_tool_regex_20251119", "tool_search_tool_regex"]],
];

/**
 * The tools of Anthropic that need a beta on Amazon Bedrock's runtime; on the Claude API some of them need none. Known in
 * November 2026.
 *
 * @example Usage
 * ```ts
 * import { TOOL_BETAS_ON_BEDROCK } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * const row = TOOL_BETAS_ON_BEDROCK.find(({ type }) => type === "computer_20251124");
 * deepEqual(row?.betas, ["computer-use-2025-11-24"]);
 * ```
 */
export const TOOL_BETAS_ON_BEDROCK: readonly ToolBeta[] = /* @__PURE__ */ ROWS.flatMap(([source, betas, types]) =>
  types.map((type) => ({ type, betas, source })),
);
