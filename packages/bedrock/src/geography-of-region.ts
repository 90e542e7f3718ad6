import type { Geography } from "./geographies.ts";

const GEOGRAPHY_PREFIXES: readonly (readonly [prefix: string, geography: Geography])[] = [
  ["us-gov-", "us-gov"],
  ["us-", "us"],
  ["eu-", "eu"],
  ["ap-", "apac"],
];

/**
 * Says which geography Claude Code writes before a model's id in a region.
 *
 * It goes by the beginning of the region's name alone: `jp` and `au` are never chosen this way, and every region that
 * begins with none of `us-`, `eu-` and `ap-` gets `global`.
 *
 * @example Usage
 * ```ts
 * import { geographyOfRegion } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(geographyOfRegion("eu-central-1"), "eu");
 * equal(geographyOfRegion("sa-east-1"), "global");
 * ```
 *
 * @param region The region's name.
 * @returns The geography.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function geographyOfRegion(region: string): Geography {
  return GEOGRAPHY_PREFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "global";
}
