/**
 * Every geography. There is none for Canada: its regions use `us` and `global`.
 *
 * @example Usage
 * ```ts
 * import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(GEOGRAPHIES.find((name) => "eu.anthropic.claude-opus-5".startsWith(`${name}.`)), "eu");
 * ```
 */
export const GEOGRAPHIES = ["us", "eu", "apac", "jp", "au", "us-gov", "global"] as const;

/** What comes before the dot in an inference profile's id: where its requests may run. */
export type Geography = (typeof GEOGRAPHIES)[number];

/** What a region offers. */
export interface BedrockRegion {
  readonly region: string;
  /** The geographies whose profiles can be called from the region and route to it. */
  readonly geographies: readonly Geography[];
  /** Whether Claude models run in the region itself, without a profile. */
  readonly inRegion: boolean;
}

type Row = readonly [regions: readonly string[], geographies: readonly Geography[], inRegion: boolean];

const ROWS: readonly Row[] = [
  [["us-east-1", "us-east-2", "us-west-2"], ["global", "us"], true],
  [["us-west-1", "ca-central-1"], ["global", "us"], false],
  [["eu-north-1", "eu-west-1"], ["global", "eu"], true],
  [["eu-central-1", "eu-central-2", "eu-south-1", "eu-south-2", "eu-west-2", "eu-west-3"], ["global", "eu"], false],
  [["ap-northeast-1"], ["global", "jp", "apac"], true],
  [["ap-northeast-3"], ["global", "jp", "apac"], false],
  [["ap-southeast-4"], ["global", "au", "apac"], true],
  [["ap-southeast-2"], ["global", "au", "apac"], false],
  [["ap-northeast-2", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-3"], ["global", "apac"], false],
  [["af-south-1", "ca-west-1", "il-central-1", "me-central-1", "me-south-1", "sa-east-1"], ["global"], false],
  [["us-gov-east-1", "us-gov-west-1"], ["us-gov"], false],
];

/**
 * The regions of Bedrock, with what each offers for Claude.
 *
 * @example Usage
 * ```ts
 * import { BEDROCK_REGIONS } from "@claude-on-aws/bedrock";
 * import { deepEqual } from "node:assert/strict";
 *
 * const region = BEDROCK_REGIONS.find(({ region: name }) => name === "ap-northeast-1");
 * deepEqual(region?.geographies, ["global", "jp", "apac"]);
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock | Claude in Amazon Bedrock}, August 2026
 */
export const BEDROCK_REGIONS: readonly BedrockRegion[] = /* @__PURE__ */ ROWS.flatMap(([regions, offered, inRegion]) =>
  regions.map((region) => ({ region, geographies: offered, inRegion })),
);
