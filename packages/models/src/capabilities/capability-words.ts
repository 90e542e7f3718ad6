/** What a model refuses. */
export type CapabilityRefusal =
  | "thinking enabled"
  | "thinking on a model without it"
  | "thinking disabled"
  | "thinking disabled where between_tools is"
  | "thinking between tools"
  | "thinking adaptive"
  | "effort without thinking"
  | "effort between tools"
  | "field between tools"
  | "effort"
  | "effort level"
  | "sampling"
  | "two of sampling"
  | "prefill"
  | "forced tools"
  | "forced tools of Fable 5"
  | "forced tools with thinking"
  | "system role"
  | "system role first"
  | "output format"
  | "strict tool"
  | "tool of the server"
  | "tool type"
  | "output limit"
  | "context beta"
  | "count tokens";

/** How a refusal reads, and who quoted it. */
export interface CapabilityWords {
  /** Writes the words; `detail` is what was found: the parameter, the level, the type. */
  readonly words: (detail: string, model: WordedModel) => string;
  readonly source: string;
}

/** What the words say of the model. */
export interface WordedModel {
  /** The id that the words name. */
  readonly id: string;
  /** Levels of effort that it takes. */
  readonly effort: readonly string[];
}

const EFFORT = 'Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.';
const TROUBLESHOOTING = "https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting";
const WHATS_NEW_SONNET = "https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5";
const TOOL_USE_PAGE =
  "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html";
const MEASURED = "measured by users, August to October 2026";
const unsupported = (type: string): string => `"thinking.type.${type}" is not supported for this model.`;
const extra = (path: string): string => `${path}: Extra inputs are not permitted`;

/**
 * The words in which a model refuses what it does not take, by what was refused. Claude Platform and Bedrock's Messages
 * endpoint send them as they are; Converse puts `The model returned the following errors: ` before them.
 *
 * @example Usage
 * ```ts
 * import { CAPABILITY_WORDS } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const model = { id: "claude-opus-5-5", effort: ["high"] };
 * equal(CAPABILITY_WORDS.sampling.words("top_p", model), "`top_p` is deprecated for this model.");
 * ```
 */
export const CAPABILITY_WORDS: Readonly<Record<CapabilityRefusal, CapabilityWords>> = {
  "thinking enabled": {
    words: () => `${unsupported("enabled")} ${EFFORT}`,
    source: "https://github.com/anthropics/claude-code/issues/63546",
  },
  "thinking on a model without it": {
    words: (_, { id }) => `'${id}' does not support thinking.`,
    source: "https://github.com/anthropics/claude-code/issues/2245",
  },
  "thinking disabled": { words: () => `${unsupported("disabled")} ${EFFORT}`, source: TROUBLESHOOTING },
  "thinking disabled where between_tools is": {
    words: () =>
      `${unsupported("disabled")} Use "thinking.type.between_tools" for the lowest thinking setting, or "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`,
    source: WHATS_NEW_SONNET,
  },
  "thinking between tools": { words: () => unsupported("between_tools"), source: WHATS_NEW_SONNET },
  "thinking adaptive": { words: () => "adaptive thinking is not supported on this model", source: TROUBLESHOOTING },
  "effort without thinking": {
    words: (level) =>
      `output_config.effort '${level}' is not supported when thinking is disabled on this model. Use effort 'high' or below, or enable thinking.`,
    source: "https://github.com/anthropics/claude-code/issues/76689",
  },
  "effort between tools": {
    // The page says that it is a 400 and quotes nothing: after the words of the row above.
    words: (level) =>
      `output_config.effort '${level}' is not supported with thinking.type 'between_tools' on this model. Use effort 'high' or below, or thinking.type 'adaptive'.`,
    source: WHATS_NEW_SONNET,
  },
  "field between tools": { words: (field) => extra(`thinking.between_tools.${field}`), source: WHATS_NEW_SONNET },
  effort: { words: () => "This model does not support the effort parameter.", source: MEASURED },
  "effort level": {
    words: (level, { effort }) =>
      `This model does not support effort level '${level}'. Supported levels: ${effort.toSorted().join(", ")}.`,
    source: MEASURED,
  },
  sampling: { words: (parameter) => `\`${parameter}\` is deprecated for this model.`, source: MEASURED },
  "two of sampling": {
    words: () => "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
    source: MEASURED,
  },
  prefill: {
    words: () =>
      "This model does not support assistant message prefill. The conversation must end with a user message.",
    source: "https://platform.claude.com/docs/en/api/errors",
  },
  "forced tools": {
    words: () => 'tool_choice: type "tool" and "any" are not supported for this model.',
    source: WHATS_NEW_SONNET,
  },
  "forced tools of Fable 5": {
    words: () => "tool_choice forces tool use is not compatible with this model.",
    source: "measured by a user, June 2026",
  },
  "forced tools with thinking": {
    words: () => "Thinking may not be enabled when tool_choice forces tool use.",
    source: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking",
  },
  "system role": { words: () => "role 'system' is not supported on this model", source: MEASURED },
  "system role first": {
    words: () => "messages.0: use the top-level 'system' parameter for the initial system prompt",
    source: MEASURED,
  },
  "output format": {
    words: () => extra("output_config.format"),
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html",
  },
  "strict tool": {
    words: (index) => extra(`tools.${index}.custom.strict`),
    source: "https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html",
  },
  "tool of the server": {
    words: (found) => {
      const [index, type] = found.split(": ");
      return `tools.${index}: Input tag '${type}' found using 'type' does not match any of the expected tags: 'bash_20250124', 'custom', 'text_editor_20250124'`;
    },
    source: TOOL_USE_PAGE,
  },
  "tool type": {
    words: (type, { id }) => `'${id}' does not support tool types: ${type}`,
    source: TOOL_USE_PAGE,
  },
  "output limit": {
    words: (limit, { id }) => `max_tokens: ${limit}, which is the maximum allowed number of output tokens for ${id}`,
    source: "https://github.com/anthropics/claude-code/issues/24451",
  },
  "context beta": {
    words: () => "invalid beta flag",
    source: "https://github.com/anthropics/claude-code/issues/49370, of other betas",
  },
  "count tokens": {
    words: () => "The provided model doesn't support counting tokens.",
    source: "https://github.com/BerriAI/litellm/issues/32683",
  },
};

/**
 * What Converse puts before the words of a model.
 *
 * @see {@link https://github.com/Kilo-Org/kilocode/issues/10732 | A refusal of a model through Converse}
 */
export const CONVERSE_WORDS_PREFIX = "The model returned the following errors: ";
