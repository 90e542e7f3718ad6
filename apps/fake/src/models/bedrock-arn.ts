import { partitionOfRegion } from "@claude-on-aws/endpoints";
import { formatArn } from "@claude-on-aws/bedrock";
import type { ServedModel } from "./served-models.ts";

/**
 * Writes the ARN of a resource of Amazon Bedrock, in the partition of its region.
 *
 * @returns Such as `arn:aws:bedrock:us-east-1:123456789012:guardrail/abc`.
 */
export const bedrockArn = (region: string, accountId: string, resource: string): string =>
  formatArn({ partition: partitionOfRegion(region).name, service: "bedrock", region, accountId, resource });

/**
 * Writes the ARN of a foundation model.
 *
 * @param region Where it is; empty for the models of every region.
 * @param callerRegion Names the partition.
 * @returns An ARN without an account: the model is nobody's.
 */
export const foundationModelArn = (region: string, { bedrockId }: ServedModel, callerRegion: string = region): string =>
  formatArn({
    partition: partitionOfRegion(callerRegion).name,
    service: "bedrock",
    region,
    accountId: "",
    resource: `foundation-model/${bedrockId}`,
  });
