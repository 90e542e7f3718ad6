/** The words that Claude Code takes for a model. */
export type ModelAlias = "default" | "best" | "fable" | "opus" | "sonnet" | "haiku" | "opusplan";

/** A provider whose aliases are known. */
export type ModelProvider = "anthropic-aws" | "bedrock" | "mantle" | "foundry" | "vertex" | "anthropic";

/** What an alias means from a version on: the first-party id, or the alias that it stands for. */
export type AliasEntry = readonly [since: string, meaning: string];

/** Every alias, in the order in which people meet them. */
export const modelAliases: readonly ModelAlias[] = ["default", "best", "fable", "opus", "sonnet", "haiku", "opusplan"];

const opus: AliasEntry[] = [
  ["0", "claude-opus-4-7"],
  ["2.1.207", "claude-opus-4-8"],
  ["2.1.219", "claude-opus-5"],
  ["2.1.280", "claude-opus-5-5"],
];
const fable: AliasEntry[] = [
  ["0", "claude-fable-5"],
  ["2.1.280", "claude-fable-5-2"],
];
const words: Pick<Record<ModelAlias, readonly AliasEntry[]>, "best" | "opusplan"> = {
  best: [["0", "opus"]],
  opusplan: [["0", "sonnet"]],
};

/**
 * What the aliases mean, by provider and version of Claude Code, oldest first. An entry holds until the next one that
 * is known: between two of them the client may have changed unseen. The first of Bedrock is that of mid 2025.
 *
 * @see Observed in Claude Code 2.1.197 and 2.1.329 for every provider but Vertex; in between from
 * {@link https://code.claude.com/docs/en/claude-platform-on-aws | Claude Platform on AWS}, and for Bedrock before that
 * from {@link https://code.claude.com/docs/en/amazon-bedrock | its page} of mid 2025.
 */
export const aliasHistory: Readonly<Record<ModelProvider, Readonly<Record<ModelAlias, readonly AliasEntry[]>>>> = {
  "anthropic-aws": {
    ...words,
    default: [["0", "opus"]],
    fable,
    opus,
    sonnet: [["0", "claude-sonnet-4-6"]],
    haiku: [["0", "claude-haiku-4-5-20251001"]],
  },
  bedrock: {
    ...words,
    default: [
      ["0", "sonnet"],
      ["2.1.207", "opus"],
    ],
    fable,
    opus: [
      ["0", "claude-opus-4-20250514"],
      ["2.1.197", "claude-opus-4-6"],
      ["2.1.207", "claude-opus-4-8"],
      ["2.1.219", "claude-opus-5"],
      ["2.1.280", "claude-opus-5-5"],
    ],
    sonnet: [
      ["0", "claude-3-7-sonnet-20250219"],
      ["2.1.197", "claude-sonnet-4-5-20250929"],
    ],
    haiku: [
      ["0", "claude-3-5-haiku-20241022"],
      ["2.1.197", "claude-haiku-4-5-20251001"],
    ],
  },
  mantle: {
    ...words,
    default: [["0", "opus"]],
    fable,
    opus,
    sonnet: [["0", "claude-sonnet-4-5-20250929"]],
    haiku: [["0", "claude-haiku-4-5-20251001"]],
  },
  foundry: {
    ...words,
    default: [["0", "sonnet"]],
    fable,
    opus: [["0", "claude-opus-4-6"]],
    sonnet: [["0", "claude-sonnet-4-5"]],
    haiku: [["0", "claude-haiku-4-5"]],
  },
  vertex: {
    ...words,
    default: [["0", "opus"]],
    fable,
    opus,
    sonnet: [["0", "claude-sonnet-4-5-20250929"]],
    haiku: [["0", "claude-haiku-4-5-20251001"]],
  },
  anthropic: {
    ...words,
    default: [["0", "opus"]],
    fable,
    opus: [
      ["0", "claude-opus-4-8"],
      ["2.1.219", "claude-opus-5"],
      ["2.1.280", "claude-opus-5-5"],
    ],
    sonnet: [
      ["0", "claude-sonnet-5"],
      ["2.1.329", "claude-sonnet-5-5"],
    ],
    haiku: [
      ["0", "claude-haiku-4-5-20251001"],
      ["2.1.329", "claude-haiku-5-5"],
    ],
  },
};
