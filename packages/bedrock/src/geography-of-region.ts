import type { Geography } from "./geographies.ts";

const prefixes: readonly (readonly [prefix: string, geography: Geography])[] = [
  ["us-gov-", "us-gov"],
  ["us-", "us"],
  ["eu-", "eu"],
  ["ap-", "apac"],
];

/**
 * Says which geography Claude Code puts before a model's id in a region.
 *
 * It goes by the region's name alone. `jp` and `au` are never chosen this way, and every region outside of the
 * Americas' north, Europe and Asia gets `global`.
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
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "global";
}
