import type { AwsProvider } from "@claude-on-aws/endpoints";

/** A provider whose aliases are known. */
export type ModelProvider = AwsProvider | "foundry" | "vertex" | "anthropic";

/** What an alias means since a version: the first-party id, or the alias that it stands for. */
export type AliasEntry = readonly [since: string, meaning: string];

/** Every alias, in the order in which people meet them. */
export const MODEL_ALIASES = ["default", "best", "fable", "opus", "sonnet", "haiku", "opusplan"] as const;

/** A word that Claude Code accepts for a model. */
export type ModelAlias = (typeof MODEL_ALIASES)[number];

const OPUS: AliasEntry[] = [
  ["0", "claude-opus-4-7"],
  ["2.1.207", "claude-opus-4-8"],
  ["2.1.219", "claude-opus-5"],
  ["2.1.280", "claude-opus-5-5"],
];
const FABLE: AliasEntry[] = [
  ["0", "claude-fable-5"],
  ["2.1.280", "claude-fable-5-2"],
];
const WORDS: Pick<Record<ModelAlias, readonly AliasEntry[]>, "best" | "opusplan"> = {
  best: [["0", "opus"]],
  opusplan: [["0", "sonnet"]],
};

/**
 * What the aliases mean, by provider and version of Claude Code, oldest first. An entry holds until the next one that
 * is known: between two of them the client may have changed unseen. The first entries for Bedrock are those of mid 2025.
 *
 * @example Usage
 * ```ts
 * import { ALIAS_HISTORY } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(ALIAS_HISTORY["anthropic-aws"].sonnet, [["0", "claude-sonnet-4-6"]]);
 * ```
 *
 * @see Observed in Claude Code 2.1.197, 2.1.329 and 2.1.332 for every provider but Vertex; in between from
 * {@link https://code.claude.com/docs/en/claude-platform-on-aws | Claude Platform on AWS}, and for Bedrock before that
 * from {@link https://code.claude.com/docs/en/amazon-bedrock | its page} of mid 2025.
 */
export const ALIAS_HISTORY: Readonly<Record<ModelProvider, Readonly<Record<ModelAlias, readonly AliasEntry[]>>>> =
  /* @__PURE__ */ (() => ({
    "anthropic-aws": {
      ...WORDS,
      default: [["0", "opus"]],
      fable: FABLE,
      opus: OPUS,
      sonnet: [["0", "claude-sonnet-4-6"]],
      haiku: [["0", "claude-haiku-4-5-20251001"]],
    },
    bedrock: {
      ...WORDS,
      default: [
        ["0", "sonnet"],
        ["2.1.207", "opus"],
      ],
      fable: FABLE,
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
      ...WORDS,
      default: [["0", "opus"]],
      fable: FABLE,
      opus: OPUS,
      sonnet: [
        ["0", "claude-sonnet-4-5-20250929"],
        ["2.1.332", "claude-sonnet-5"],
      ],
      haiku: [["0", "claude-haiku-4-5-20251001"]],
    },
    foundry: {
      ...WORDS,
      default: [["0", "sonnet"]],
      fable: FABLE,
      opus: [
        ["0", "claude-opus-4-6"],
        ["2.1.332", "claude-opus-5-5"],
      ],
      sonnet: [
        ["0", "claude-sonnet-4-5"],
        ["2.1.332", "claude-sonnet-5-5"],
      ],
      haiku: [["0", "claude-haiku-4-5"]],
    },
    vertex: {
      ...WORDS,
      default: [["0", "opus"]],
      fable: FABLE,
      opus: OPUS,
      sonnet: [["0", "claude-sonnet-4-5-20250929"]],
      haiku: [["0", "claude-haiku-4-5-20251001"]],
    },
    anthropic: {
      ...WORDS,
      default: [["0", "opus"]],
      fable: FABLE,
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
  }))();
