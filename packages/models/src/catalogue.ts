import { MODEL_FAMILIES, type ModelFamily } from "./model-families.ts";

/** One model, as each provider spells it. */
export interface Model {
  /** The id of the first party, with its date if it has one. */
  readonly id: string;
  readonly family: ModelFamily;
  /** Major and minor version; the minor of `claude-opus-5` is 0. */
  readonly version: readonly [major: number, minor: number];
  /** `YYYYMMDD`; null if the id carries none. */
  readonly date: string | null;
  /** The id on Amazon Bedrock, without a geography. */
  readonly bedrockId: string;
  /** The id that the client sends to Bedrock's Messages endpoint; null if it knows none. */
  readonly mantleId: string | null;
  /** Whether a beta has to ask for the 1M context window; the others have it anyway. */
  readonly needs1mBeta: boolean;
}

type Row = readonly [id: string, bedrockSuffix: string, mantle: boolean, needs1mBeta: boolean];

const ROWS: Readonly<Record<ModelFamily, readonly Row[]>> = {
  fable: [
    ["claude-fable-5-2", "", true, false],
    ["claude-fable-5-1", "", true, false],
    ["claude-fable-5", "", true, false],
  ],
  opus: [
    ["claude-opus-5-5", "", true, false],
    ["claude-opus-5", "", true, false],
    ["claude-opus-4-8", "", true, false],
    ["claude-opus-4-7", "", true, false],
    ["claude-opus-4-6", "-v1", false, true],
    ["claude-opus-4-5-20251101", "-v1:0", false, true],
    ["claude-opus-4-1-20250805", "-v1:0", false, true],
    ["claude-opus-4-20250514", "-v1:0", false, true],
  ],
  sonnet: [
    ["claude-sonnet-5-5", "", true, false],
    ["claude-sonnet-5", "", true, false],
    ["claude-sonnet-4-6", "", false, true],
    ["claude-sonnet-4-5-20250929", "-v1:0", false, true],
    ["claude-sonnet-4-20250514", "-v1:0", false, true],
    ["claude-3-7-sonnet-20250219", "-v1:0", false, true],
    ["claude-3-5-sonnet-20241022", "-v2:0", false, true],
  ],
  haiku: [
    ["claude-haiku-5-5", "", true, false],
    ["claude-haiku-4-5-20251001", "-v1:0", true, true],
    ["claude-3-5-haiku-20241022", "-v1:0", false, true],
  ],
};

const DATE = /^[0-9]{8}$/;

function toModel(family: ModelFamily, [id, suffix, mantle, needs1mBeta]: Row): Model {
  const parts = id.split("-");
  const last = parts.at(-1) ?? "";
  const date = DATE.test(last) ? last : null;
  // The Messages endpoint leaves the date out.
  const undated = `anthropic.${date === null ? id : id.slice(0, -date.length - 1)}`;
  const numbers = parts.filter((part) => part.length < 3 && part !== "").map(Number);
  return {
    id,
    family,
    version: [numbers[0] ?? 0, numbers[1] ?? 0],
    date,
    bedrockId: `anthropic.${id}${suffix}`,
    mantleId: mantle ? undated : null,
    needs1mBeta,
  };
}

/**
 * The models that Claude Code 2.1.329 knows, newest first within a family.
 *
 * @example Usage
 * ```ts
 * import { MODELS } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const newest = MODELS.find(({ family }) => family === "haiku");
 * equal(newest?.bedrockId, "anthropic.claude-haiku-5-5");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/about-claude/models/overview | Models overview}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock-legacy | Claude on Amazon Bedrock};
 * which ones need the 1M beta observed in Claude Code 2.1.329.
 */
export const MODELS: readonly Model[] = /* @__PURE__ */ MODEL_FAMILIES.flatMap((family) =>
  ROWS[family].map((row) => toModel(family, row)),
);
