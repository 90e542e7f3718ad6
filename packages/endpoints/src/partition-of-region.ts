import { COMMERCIAL_PARTITION, type Partition, PARTITIONS } from "./partitions.ts";

/**
 * Says which partition a region is in.
 *
 * @example Usage
 * ```ts
 * import { partitionOfRegion } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(partitionOfRegion("us-gov-west-1").name, "aws-us-gov");
 * equal(partitionOfRegion("eu-west-1").name, "aws");
 * ```
 *
 * @param region The region's name; an unknown one counts as commercial.
 * @returns The partition.
 */
export function partitionOfRegion(region: string): Partition {
  return PARTITIONS.find(({ regionPrefix }) => region.startsWith(regionPrefix)) ?? COMMERCIAL_PARTITION;
}
