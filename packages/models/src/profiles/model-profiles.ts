import type { Geography } from "@claude-on-aws/bedrock";

/**
 * How well it is known that a model has a profile in a geography: AWS's model cards or the table of Anthropic's page name
 * it; only the catalogue of a client does; the sources contradict each other; no source says anything. Where every source
 * leaves it out, it is `absent`.
 */
export type ProfileEvidence = "documented" | "client" | "contradicted" | "unknown" | "absent";

/** What is known of the profiles of one model. */
export interface ModelProfiles {
  /** The id on Bedrock, without a geography. */
  readonly bedrockId: string;
  /** What is known by geography; a geography that is not named is `absent`. */
  readonly evidence: Readonly<Partial<Record<Geography, ProfileEvidence>>>;
  /** The regions that take the id without a geography. */
  readonly bareIn: readonly string[];
}

type Column = Exclude<ProfileEvidence, "absent">;
type Row = readonly [
  id: string,
  columns: Readonly<Partial<Record<Column, readonly Geography[]>>>,
  bareIn?: readonly string[],
];

// `documented` by the model cards of September and October 2026, and by Anthropic's page of August 2026 for the models
// that have no card; `client` by the catalogue of @earendil-works/pi-ai 1.6.0, November 2026.
const ROWS: readonly Row[] = [
  // Claude Code 2.1.329 asks for these two as well.
  ["claude-fable-5-2", { client: ["us", "global"], unknown: ["us-gov"] }],
  ["claude-fable-5-1", { documented: ["us", "global", "us-gov"] }],
  // The card has no `eu`, the catalogue of the client has.
  ["claude-fable-5", { documented: ["us", "global"], contradicted: ["eu"], unknown: ["us-gov"] }],
  ["claude-opus-5-5", { documented: ["us", "eu", "au", "jp", "global", "us-gov"] }, ["eu-west-2"]],
  ["claude-opus-5", { documented: ["us", "eu", "au", "global", "us-gov"], client: ["jp", "in"] }],
  ["claude-opus-4-8", { documented: ["us", "eu", "au", "jp", "global", "us-gov"] }],
  ["claude-opus-4-7", { documented: ["us", "eu", "au", "jp", "global"], unknown: ["us-gov"] }],
  // Anthropic's page has `jp` and `apac`, the card has not.
  [
    "claude-opus-4-6-v1",
    { documented: ["us", "eu", "au", "global"], contradicted: ["jp", "apac"], unknown: ["us-gov"] },
  ],
  ["claude-opus-4-5-20251101-v1:0", { documented: ["us", "eu", "global"], unknown: ["us-gov"] }],
  ["claude-opus-4-1-20250805-v1:0", { documented: ["us"] }],
  ["claude-sonnet-5-5", { documented: ["us", "eu", "global", "us-gov"], client: ["au"] }],
  // A report has `jp` missing, the catalogue of the client has it: github.com/aws-samples/anthropic-on-aws/issues/270.
  ["claude-sonnet-5", { documented: ["us", "eu", "au", "global", "us-gov"], client: ["in"], contradicted: ["jp"] }],
  ["claude-sonnet-4-6", { documented: ["us", "eu", "au", "jp", "global"] }, ["eu-west-2"]],
  ["claude-sonnet-4-5-20250929-v1:0", { documented: ["us", "eu", "au", "jp", "global", "us-gov"] }],
  ["claude-sonnet-4-20250514-v1:0", { documented: ["us", "eu", "apac", "global"], unknown: ["us-gov"] }],
  ["claude-haiku-5-5", { documented: ["us", "eu", "au", "jp", "global", "us-gov"] }],
  // Clients write `us-gov` of it, the card has none.
  [
    "claude-haiku-4-5-20251001-v1:0",
    { documented: ["us", "eu", "au", "jp", "in", "global"], contradicted: ["us-gov"] },
  ],
  ["claude-3-5-haiku-20241022-v1:0", { documented: ["us"], unknown: ["us-gov"] }],
];

const toProfiles = ([id, columns, bareIn = []]: Row): ModelProfiles => ({
  bedrockId: `anthropic.${id}`,
  evidence: Object.fromEntries(
    Object.entries(columns).flatMap(([evidence, geographies]) =>
      geographies.map((geography) => [geography, evidence as Column]),
    ),
  ),
  bareIn,
});

/**
 * In which geographies each model has an inference profile, as of November 2026. Of a model that is not here nothing is
 * known.
 *
 * @example Usage
 * ```ts
 * import { MODEL_PROFILES } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const haiku = MODEL_PROFILES.find(({ bedrockId }) => bedrockId === "anthropic.claude-haiku-4-5-20251001-v1:0");
 * equal(haiku?.evidence.jp, "documented");
 * equal(haiku?.evidence.apac, undefined);
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html | Model card of Haiku 4.5};
 * each model has one
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock-legacy | Claude on Amazon Bedrock}, August 2026
 * @see {@link https://www.npmjs.com/package/@earendil-works/pi-ai | @earendil-works/pi-ai} 1.6.0, November 2026
 */
export const MODEL_PROFILES: readonly ModelProfiles[] = /* @__PURE__ */ ROWS.map(toProfiles);
