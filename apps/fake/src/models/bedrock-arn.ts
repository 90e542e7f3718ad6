import { partitionOfRegion } from "@claude-on-aws/endpoints";
import { formatArn } from "@claude-on-aws/bedrock";
import type { ServedModel } from "./served-models.ts";

/** The ARN of a resource of Amazon Bedrock, in the partition of its region. */
export const bedrockArn = (region: string, accountId: string, resource: string): string =>
  formatArn({ partition: partitionOfRegion(region).name, service: "bedrock", region, accountId, resource });

/**
 * The ARN of a foundation model.
 *
 * @param region Where it is; empty for the models of every region.
 * @param callerRegion Names the partition.
 */
export const foundationModelArn = (region: string, { bedrockId }: ServedModel, callerRegion: string = region): string =>
  formatArn({
    partition: partitionOfRegion(callerRegion).name,
    service: "bedrock",
    region,
    accountId: "",
    resource: `foundation-model/${bedrockId}`,
  });
