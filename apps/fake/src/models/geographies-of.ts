import { BEDROCK_REGIONS, GEOGRAPHIES, type Geography, geographyOfRegion } from "@claude-on-aws/bedrock";

const BY_REGION = new Map(BEDROCK_REGIONS.map(({ region, geographies: offered }) => [region, offered]));

/**
 * Finds the geographies whose inference profiles can be called from a region.
 *
 * A region that no table has is given what Claude Code 2.1.329 would send from it, and `global`; where no region is
 * known, any geography will do.
 *
 * @returns Such as `us` and `global`.
 */
export function geographiesOf(region: string | undefined): readonly Geography[] {
  if (region === undefined) return GEOGRAPHIES;
  return BY_REGION.get(region) ?? [geographyOfRegion(region), "global"];
}
