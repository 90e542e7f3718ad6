/** A kind of resource that a statement of a policy can name for a route. */
export type ResourceName =
  | "workspace"
  | "foundation-model"
  | "inference-profile"
  | "application-inference-profile"
  | "provisioned-model"
  | "project";

/**
 * How the ARN of each kind of resource is made; names in braces are filled in.
 *
 * @example Usage
 * ```ts
 * import { RESOURCE_ARNS } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(RESOURCE_ARNS["foundation-model"], "arn:{partition}:bedrock:{region}::foundation-model/{modelId}");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Resource types of Amazon Bedrock}
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 */
export const RESOURCE_ARNS: Readonly<Record<ResourceName, string>> = {
  workspace: "arn:{partition}:aws-external-anthropic:{region}:{accountId}:workspace/{workspaceId}",
  // A foundation model belongs to no account.
  "foundation-model": "arn:{partition}:bedrock:{region}::foundation-model/{modelId}",
  "inference-profile": "arn:{partition}:bedrock:{region}:{accountId}:inference-profile/{profileId}",
  "application-inference-profile":
    "arn:{partition}:bedrock:{region}:{accountId}:application-inference-profile/{profileId}",
  "provisioned-model": "arn:{partition}:bedrock:{region}:{accountId}:provisioned-model/{modelId}",
  project: "arn:{partition}:bedrock-mantle:{region}:{accountId}:project/{projectId}",
};
