import type { PolicyDocument } from "../policy-for.ts";

/** A policy that AWS manages, in one of its versions. */
export interface ManagedPolicy {
  readonly arn: string;
  /** The version of the document; AWS raises it when it edits the policy. */
  readonly version: string;
  /** The day on which AWS edited it, as `YYYY-MM-DD`. */
  readonly edited: string;
  readonly document: PolicyDocument;
}

/**
 * The policies that AWS manages for Claude Platform on AWS and for the
 * Messages endpoint of Amazon Bedrock, and the one that AWS attaches to the
 * users of long-term Bedrock keys, by name.
 *
 * `AmazonBedrockLimitedAccess` is its version 2; later versions add actions.
 *
 * @example Usage
 * ```ts
 * import { evaluatePolicy, MANAGED_POLICIES, parsePolicy } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const policy = parsePolicy(MANAGED_POLICIES.AnthropicReadOnlyAccess.document);
 * const { decision } = evaluatePolicy([policy], {
 *   action: "aws-external-anthropic:CreateInference",
 *   resource: "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_1",
 * });
 *
 * equal(decision, "implicit-deny");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html | AWS managed policies}
 */
export const MANAGED_POLICIES: Readonly<Record<ManagedPolicyName, ManagedPolicy>> = {
  AnthropicFullAccess: {
    arn: "arn:aws:iam::aws:policy/AnthropicFullAccess",
    version: "v2",
    edited: "2026-04-01",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AnthropicFullAccess",
          Effect: "Allow",
          Action: ["aws-external-anthropic:*"],
          Resource: "*",
        },
        {
          Sid: "AnthropicSubscriptionManagement",
          Effect: "Allow",
          Action: ["aws-marketplace:Subscribe", "aws-marketplace:Unsubscribe"],
          Resource: "*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "aws-marketplace:ProductId": ["prod-3qbeiztufnva6"],
            },
          },
        },
        {
          Sid: "AnthropicSubscriptionView",
          Effect: "Allow",
          Action: ["aws-marketplace:ViewSubscriptions"],
          Resource: "*",
        },
        {
          Sid: "AnthropicFullEnableFederation",
          Effect: "Allow",
          Action: ["iam:GetOutboundWebIdentityFederationInfo", "iam:EnableOutboundWebIdentityFederation"],
          Resource: "*",
        },
        {
          Sid: "AnthropicFullGetToken",
          Effect: "Allow",
          Action: ["sts:GetWebIdentityToken"],
          Resource: "*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "sts:IdentityTokenAudience": ["https://api.anthropic.com", "https://platform.claude.com"],
            },
            StringEquals: {
              "aws:CalledViaLast": "aws-external-anthropic.amazonaws.com",
            },
          },
        },
        {
          Sid: "AnthropicFullTagToken",
          Effect: "Allow",
          Action: ["sts:TagGetWebIdentityToken"],
          Resource: "*",
        },
      ],
    },
  },
  AnthropicReadOnlyAccess: {
    arn: "arn:aws:iam::aws:policy/AnthropicReadOnlyAccess",
    version: "v2",
    edited: "2026-04-01",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AnthropicReadOnlyWorkspace",
          Effect: "Allow",
          Action: ["aws-external-anthropic:Get*", "aws-external-anthropic:List*"],
          Resource: "arn:aws:aws-external-anthropic:*:*:workspace/*",
        },
        {
          Sid: "AnthropicReadOnlyResourceless",
          Effect: "Allow",
          Action: ["aws-external-anthropic:GetAccountStatus", "aws-external-anthropic:CallWithBearerToken"],
          Resource: "*",
        },
        {
          Sid: "AnthropicReadOnlyGetToken",
          Effect: "Allow",
          Action: ["sts:GetWebIdentityToken"],
          Resource: "*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "sts:IdentityTokenAudience": ["https://api.anthropic.com", "https://platform.claude.com"],
            },
            StringEquals: {
              "aws:CalledViaLast": "aws-external-anthropic.amazonaws.com",
            },
          },
        },
        {
          Sid: "AnthropicReadOnlyTagToken",
          Effect: "Allow",
          Action: ["sts:TagGetWebIdentityToken"],
          Resource: "*",
        },
      ],
    },
  },
  AnthropicInferenceAccess: {
    arn: "arn:aws:iam::aws:policy/AnthropicInferenceAccess",
    version: "v2",
    edited: "2026-04-01",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AnthropicInferenceWorkspace",
          Effect: "Allow",
          Action: [
            "aws-external-anthropic:Get*",
            "aws-external-anthropic:List*",
            "aws-external-anthropic:CreateInference",
            "aws-external-anthropic:CreateBatchInference",
            "aws-external-anthropic:CancelBatchInference",
            "aws-external-anthropic:DeleteBatchInference",
            "aws-external-anthropic:CountTokens",
          ],
          Resource: "arn:aws:aws-external-anthropic:*:*:workspace/*",
        },
        {
          Sid: "AnthropicInferenceResourceless",
          Effect: "Allow",
          Action: ["aws-external-anthropic:GetAccountStatus", "aws-external-anthropic:CallWithBearerToken"],
          Resource: "*",
        },
        {
          Sid: "AnthropicInferenceGetToken",
          Effect: "Allow",
          Action: ["sts:GetWebIdentityToken"],
          Resource: "*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "sts:IdentityTokenAudience": ["https://api.anthropic.com", "https://platform.claude.com"],
            },
            StringEquals: {
              "aws:CalledViaLast": "aws-external-anthropic.amazonaws.com",
            },
          },
        },
        {
          Sid: "AnthropicInferenceTagToken",
          Effect: "Allow",
          Action: ["sts:TagGetWebIdentityToken"],
          Resource: "*",
        },
      ],
    },
  },
  AnthropicLimitedAccess: {
    arn: "arn:aws:iam::aws:policy/AnthropicLimitedAccess",
    version: "v6",
    edited: "2026-06-12",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AnthropicLimitedWorkspace",
          Effect: "Allow",
          Action: [
            "aws-external-anthropic:Get*",
            "aws-external-anthropic:List*",
            "aws-external-anthropic:ArchiveAgent",
            "aws-external-anthropic:ArchiveEnvironment",
            "aws-external-anthropic:ArchiveMemoryStore",
            "aws-external-anthropic:ArchiveSession",
            "aws-external-anthropic:ArchiveVault",
            "aws-external-anthropic:CancelBatchInference",
            "aws-external-anthropic:CountTokens",
            "aws-external-anthropic:CreateAgent",
            "aws-external-anthropic:CreateBatchInference",
            "aws-external-anthropic:CreateEnvironment",
            "aws-external-anthropic:CreateFile",
            "aws-external-anthropic:CreateInference",
            "aws-external-anthropic:CreateMemoryStore",
            "aws-external-anthropic:CreateSession",
            "aws-external-anthropic:CreateSkill",
            "aws-external-anthropic:CreateUserProfile",
            "aws-external-anthropic:CreateVault",
            "aws-external-anthropic:CreateWebhook",
            "aws-external-anthropic:DeleteBatchInference",
            "aws-external-anthropic:DeleteEnvironment",
            "aws-external-anthropic:DeleteFile",
            "aws-external-anthropic:DeleteMemoryStore",
            "aws-external-anthropic:DeleteSession",
            "aws-external-anthropic:DeleteSkill",
            "aws-external-anthropic:DeleteVault",
            "aws-external-anthropic:DeleteWebhook",
            "aws-external-anthropic:ProcessEnvironmentWork",
            "aws-external-anthropic:RotateWebhookSecret",
            "aws-external-anthropic:UpdateAgent",
            "aws-external-anthropic:UpdateEnvironment",
            "aws-external-anthropic:UpdateMemoryStore",
            "aws-external-anthropic:UpdateSession",
            "aws-external-anthropic:UpdateSkill",
            "aws-external-anthropic:UpdateUserProfile",
            "aws-external-anthropic:UpdateVault",
            "aws-external-anthropic:UpdateWebhook",
          ],
          Resource: "arn:aws:aws-external-anthropic:*:*:workspace/*",
        },
        {
          Sid: "AnthropicLimitedResourceless",
          Effect: "Allow",
          Action: ["aws-external-anthropic:GetAccountStatus", "aws-external-anthropic:CallWithBearerToken"],
          Resource: "*",
        },
        {
          Sid: "AnthropicLimitedGetToken",
          Effect: "Allow",
          Action: ["sts:GetWebIdentityToken"],
          Resource: "*",
          Condition: {
            "ForAnyValue:StringEquals": {
              "sts:IdentityTokenAudience": ["https://api.anthropic.com", "https://platform.claude.com"],
            },
            StringEquals: {
              "aws:CalledViaLast": "aws-external-anthropic.amazonaws.com",
            },
          },
        },
        {
          Sid: "AnthropicLimitedTagToken",
          Effect: "Allow",
          Action: ["sts:TagGetWebIdentityToken"],
          Resource: "*",
        },
        {
          Sid: "AnthropicLimitedConsoleAccess",
          Effect: "Allow",
          Action: ["aws-external-anthropic:AssumeConsole"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws-external-anthropic:Capability": "developer",
            },
          },
        },
      ],
    },
  },
  AnthropicSelfHostedEnvironmentAccess: {
    arn: "arn:aws:iam::aws:policy/AnthropicSelfHostedEnvironmentAccess",
    version: "v1",
    edited: "2026-06-12",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AnthropicSelfHostedEnvironmentWorkspace",
          Effect: "Allow",
          Action: [
            "aws-external-anthropic:GetEnvironment",
            "aws-external-anthropic:GetSession",
            "aws-external-anthropic:GetSkill",
            "aws-external-anthropic:ProcessEnvironmentWork",
            "aws-external-anthropic:UpdateSession",
          ],
          Resource: "arn:aws:aws-external-anthropic:*:*:workspace/*",
        },
        {
          Sid: "AnthropicSelfHostedEnvironmentResourceless",
          Effect: "Allow",
          Action: ["aws-external-anthropic:CallWithBearerToken"],
          Resource: "*",
        },
      ],
    },
  },
  AmazonBedrockMantleFullAccess: {
    arn: "arn:aws:iam::aws:policy/AmazonBedrockMantleFullAccess",
    version: "v5",
    edited: "2026-08-04",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "BedrockMantleAll",
          Effect: "Allow",
          Action: ["bedrock-mantle:*"],
          Resource: "*",
        },
        {
          Sid: "BedrockWebSearch",
          Effect: "Allow",
          Action: ["bedrock-websearch:InvokeSearch", "bedrock-websearch:InvokeFetch"],
          Resource: "arn:aws:bedrock-websearch:*:*:*",
        },
        {
          Sid: "MarketplaceOperationsFromBedrockMantleFor3pModels",
          Effect: "Allow",
          Action: ["aws-marketplace:Subscribe", "aws-marketplace:ViewSubscriptions"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws:CalledViaLast": "bedrock-mantle.amazonaws.com",
            },
          },
        },
      ],
    },
  },
  AmazonBedrockMantleInferenceAccess: {
    arn: "arn:aws:iam::aws:policy/AmazonBedrockMantleInferenceAccess",
    version: "v1",
    edited: "2025-12-04",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "BedrockMantleInference",
          Effect: "Allow",
          Action: ["bedrock-mantle:Get*", "bedrock-mantle:List*", "bedrock-mantle:CreateInference"],
          Resource: "arn:aws:bedrock-mantle:*:*:project/*",
        },
        {
          Sid: "BedrockMantleCallWithBearerToken",
          Effect: "Allow",
          Action: ["bedrock-mantle:CallWithBearerToken"],
          Resource: "*",
        },
      ],
    },
  },
  AmazonBedrockMantleReadOnly: {
    arn: "arn:aws:iam::aws:policy/AmazonBedrockMantleReadOnly",
    version: "v1",
    edited: "2025-12-04",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "BedrockMantleReadOnly",
          Effect: "Allow",
          Action: ["bedrock-mantle:Get*", "bedrock-mantle:List*"],
          Resource: "arn:aws:bedrock-mantle:*:*:project/*",
        },
        {
          Sid: "BedrockMantleCallWithBearerToken",
          Effect: "Allow",
          Action: ["bedrock-mantle:CallWithBearerToken"],
          Resource: "*",
        },
      ],
    },
  },
  AmazonBedrockLimitedAccess: {
    arn: "arn:aws:iam::aws:policy/AmazonBedrockLimitedAccess",
    version: "v2",
    edited: "2025-12-05",
    document: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "BedrockAPIs",
          Effect: "Allow",
          Action: [
            "bedrock:Get*",
            "bedrock:List*",
            "bedrock:CallWithBearerToken",
            "bedrock:BatchDeleteEvaluationJob",
            "bedrock:CreateEvaluationJob",
            "bedrock:CreateGuardrail",
            "bedrock:CreateGuardrailVersion",
            "bedrock:CreateInferenceProfile",
            "bedrock:CreateModelCopyJob",
            "bedrock:CreateModelCustomizationJob",
            "bedrock:CreateModelImportJob",
            "bedrock:CreateModelInvocationJob",
            "bedrock:CreatePromptRouter",
            "bedrock:CreateProvisionedModelThroughput",
            "bedrock:DeleteCustomModel",
            "bedrock:DeleteGuardrail",
            "bedrock:DeleteImportedModel",
            "bedrock:DeleteInferenceProfile",
            "bedrock:DeletePromptRouter",
            "bedrock:DeleteProvisionedModelThroughput",
            "bedrock:StopEvaluationJob",
            "bedrock:StopModelCustomizationJob",
            "bedrock:StopModelInvocationJob",
            "bedrock:TagResource",
            "bedrock:UntagResource",
            "bedrock:UpdateGuardrail",
            "bedrock:UpdateProvisionedModelThroughput",
            "bedrock:ApplyGuardrail",
            "bedrock:InvokeModel",
            "bedrock:InvokeModelWithResponseStream",
          ],
          Resource: "*",
        },
        {
          Sid: "DescribeKey",
          Effect: "Allow",
          Action: ["kms:DescribeKey"],
          Resource: "arn:*:kms:*:::*",
        },
        {
          Sid: "APIsWithAllResourceAccess",
          Effect: "Allow",
          Action: ["iam:ListRoles", "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"],
          Resource: "*",
        },
        {
          Sid: "BedrockMantleAPIs",
          Effect: "Allow",
          Action: [
            "bedrock-mantle:CallWithBearerToken",
            "bedrock-mantle:Get*",
            "bedrock-mantle:List*",
            "bedrock-mantle:CreateInference",
          ],
          Resource: "*",
        },
        {
          Sid: "MarketplaceOperationsFromBedrockFor3pModels",
          Effect: "Allow",
          Action: ["aws-marketplace:Subscribe", "aws-marketplace:ViewSubscriptions", "aws-marketplace:Unsubscribe"],
          Resource: "*",
          Condition: {
            StringEquals: {
              "aws:CalledViaLast": "bedrock.amazonaws.com",
            },
          },
        },
      ],
    },
  },
};

/** Name of a policy of {@link MANAGED_POLICIES}. */
export type ManagedPolicyName =
  | "AnthropicFullAccess"
  | "AnthropicReadOnlyAccess"
  | "AnthropicInferenceAccess"
  | "AnthropicLimitedAccess"
  | "AnthropicSelfHostedEnvironmentAccess"
  | "AmazonBedrockMantleFullAccess"
  | "AmazonBedrockMantleInferenceAccess"
  | "AmazonBedrockMantleReadOnly"
  | "AmazonBedrockLimitedAccess";
