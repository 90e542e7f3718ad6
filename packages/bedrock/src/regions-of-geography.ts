import { BEDROCK_REGIONS, type Geography } from "./geographies.ts";

/**
 * Lists the regions that an inference profile of a geography is called from and routes to.
 *
 * @example Usage
 * ```ts
 * import { regionsOfGeography } from "@claude-on-aws/bedrock";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(regionsOfGeography("jp"), ["ap-northeast-1", "ap-northeast-3"]);
 * ```
 *
 * @param geography The geography.
 * @returns The regions' names.
 */
export function regionsOfGeography(geography: Geography): readonly string[] {
  return BEDROCK_REGIONS.filter(({ geographies }) => geographies.includes(geography)).map(({ region }) => region);
}
