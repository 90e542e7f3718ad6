import type { Geography } from "@claude-on-aws/bedrock";

/** From where the inference profiles of a geography can be called, and where their requests run. */
export interface ProfileRoute {
  readonly geography: Geography;
  /** The regions whose endpoints take the profiles. */
  readonly sources: readonly string[];
  /** The regions that requests are routed to, whichever source they come from. */
  readonly routed: readonly string[];
  /** Whether the source itself is one more region that requests are routed to. */
  readonly withSource: boolean;
  /** Models whose profile cannot be called from these sources although the geography has it, by Bedrock id. */
  readonly without: readonly string[];
}

const US: readonly string[] = ["us-east-1", "us-east-2", "us-west-2"];
const EU: readonly string[] = ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"];
const AU: readonly string[] = ["ap-southeast-2", "ap-southeast-4"];
const JP: readonly string[] = ["ap-northeast-1", "ap-northeast-3"];
const IN: readonly string[] = ["ap-south-1", "ap-south-2"];
const US_GOV: readonly string[] = ["us-gov-east-1", "us-gov-west-1"];
const APAC: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
];
const COMMERCIAL: readonly string[] = /* @__PURE__ */ (() => [
  ...US,
  "us-west-1",
  "ca-central-1",
  "ca-west-1",
  "mx-central-1",
  "sa-east-1",
  ...EU,
  "eu-central-2",
  "eu-west-2",
  ...APAC,
  "ap-east-2",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "af-south-1",
  "il-central-1",
  "me-central-1",
  "me-south-1",
])();

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const HAIKU_4_5 = "anthropic.claude-haiku-4-5-20251001-v1:0";
const NOT_IN_NEW_ZEALAND: readonly string[] = [
  "anthropic.claude-opus-4-8",
  "anthropic.claude-opus-5",
  "anthropic.claude-opus-5-5",
  "anthropic.claude-sonnet-5",
  "anthropic.claude-sonnet-5-5",
  "anthropic.claude-haiku-5-5",
];

type Row = readonly [
  geography: Geography,
  sources: readonly string[],
  routed: readonly string[],
  withSource?: "and the source",
  without?: readonly string[],
];

const ROWS: readonly Row[] = [
  ["us", US, US],
  ["us", ["us-west-1", "ca-central-1"], US, "and the source"],
  ["us", ["ca-west-1"], US, "and the source", [SONNET_4_5, HAIKU_4_5]],
  ["eu", EU, EU],
  ["eu", ["eu-central-2", "eu-west-2"], EU, "and the source"],
  ["au", AU, AU],
  ["au", ["ap-southeast-6"], AU, "and the source", NOT_IN_NEW_ZEALAND],
  ["jp", JP, JP],
  ["in", IN, IN],
  // The pages no longer list the regions of `apac`; these are those of the table of August 2026.
  ["apac", APAC, APAC],
  // No page names where requests of GovCloud run.
  ["us-gov", US_GOV, US_GOV],
  // Every commercial region: the ARN of the model names none.
  ["global", COMMERCIAL, [""], "and the source"],
];

/**
 * From where profiles are called and where they route, in September and October 2026. An empty name among the routed
 * regions stands for every commercial region, as in the ARN that policies have to name.
 *
 * @example Usage
 * ```ts
 * import { PROFILE_ROUTES } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(PROFILE_ROUTES.find(({ geography }) => geography === "jp")?.routed, ["ap-northeast-1", "ap-northeast-3"]);
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html | Supported inference profiles},
 * and the model cards beside it, such as
 * {@link https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-haiku-4-5.html | that of Haiku 4.5}
 */
export const PROFILE_ROUTES: readonly ProfileRoute[] = /* @__PURE__ */ ROWS.map(
  ([geography, sources, routed, withSource, without = []]) => ({
    geography,
    sources,
    routed,
    withSource: withSource !== undefined,
    without,
  }),
);
