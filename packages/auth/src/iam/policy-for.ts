import type { AwsProvider } from "@claude-on-aws/endpoints";

/** What {@link policyFor} is asked. */
export interface PolicyQuestion {
  /** Claude Platform on AWS, Amazon Bedrock, or Bedrock's Messages endpoint. */
  readonly provider: AwsProvider;
  /** Region of the requests; null writes a policy for every region. */
  readonly region: string | null;
  /** Twelve digits; null writes a policy for every account. */
  readonly accountId: string | null;
  /** Workspace of Claude Platform on AWS, or project of the Messages endpoint; null writes a policy for every one. */
  readonly workspaceId: string | null;
  /** Ids or ARNs as they are sent to Bedrock; empty allows every Anthropic model. */
  readonly models: readonly string[];
  /** Whether requests are signed or carry a key, which needs a permission of its own. */
  readonly authentication: "sigv4" | "key";
  /** What the requests use besides inference. */
  readonly features: readonly PolicyFeature[];
  /**
   * Where the requests of each system-defined inference profile run, by its id: names of regions, an empty one for the ARN
   * without a region that global profiles use. A profile that is not here may run in every region.
   *
   * @default {new Map()}
   */
  readonly routedRegions?: ReadonlyMap<string, readonly string[]> | undefined;
  /**
   * The partition of AWS.
   *
   * @default {"aws"}
   */
  readonly partition?: string | undefined;
}

/**
 * Everything that a configuration can use besides inference itself.
 *
 * @example Usage
 * ```ts
 * import { POLICY_FEATURES } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * equal(POLICY_FEATURES.includes("batches"), true);
 * ```
 */
export const POLICY_FEATURES = [
  "count-tokens",
  "list-profiles",
  "models",
  "batches",
  "files",
  "skills",
  "marketplace",
] as const;

/** Something that a configuration can use besides inference itself. */
export type PolicyFeature = (typeof POLICY_FEATURES)[number];

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** An IAM policy, as IAM accepts it. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

// The actions of Claude Platform on AWS that each feature needs.
const PLATFORM_ACTIONS: Readonly<Partial<Record<PolicyFeature, readonly string[]>>> = {
  "count-tokens": ["CountTokens"],
  models: ["GetModel", "ListModels"],
  batches: [
    "CreateBatchInference",
    "GetBatchInference",
    "ListBatchInferences",
    "CancelBatchInference",
    "DeleteBatchInference",
  ],
  files: ["CreateFile", "GetFile", "ListFiles", "DeleteFile"],
  skills: ["CreateSkill", "GetSkill", "ListSkills", "UpdateSkill", "DeleteSkill"],
};

/**
 * Writes the least IAM policy that a configuration needs.
 *
 * @example Usage
 * ```ts
 * import { policyFor } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * const policy = policyFor({
 *   provider: "anthropic-aws",
 *   region: "us-west-2",
 *   accountId: "123456789012",
 *   workspaceId: "wrkspc_01AbCdEf23GhIj",
 *   models: [],
 *   authentication: "sigv4",
 *   features: [],
 * });
 *
 * equal(policy.Statement[0]?.Resource, "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_01AbCdEf23GhIj");
 * ```
 *
 * @param question The provider, where it is, and what is used.
 * @returns The policy document.
 *
 * @see {@link https://platform.claude.com/docs/en/api/claude-platform-on-aws-iam-actions | IAM actions of Claude Platform on AWS}
 * @see {@link https://code.claude.com/docs/en/amazon-bedrock | Claude Code on Amazon Bedrock}
 */
export function policyFor(question: PolicyQuestion): PolicyDocument {
  const statements =
    question.provider === "bedrock"
      ? forBedrock(question)
      : question.provider === "mantle"
        ? forMantle(question)
        : forPlatform(question);
  return { Version: "2012-10-17", Statement: statements };
}

const keyStatement = (service: string): PolicyStatement => ({
  Sid: "CallWithKey",
  Effect: "Allow",
  Action: [`${service}:CallWithBearerToken`],
  // The action has no resource: restricted to one, it is never allowed.
  Resource: "*",
});

function forPlatform(question: PolicyQuestion): readonly PolicyStatement[] {
  const { features, authentication } = question;
  const actions = ["CreateInference", ...features.flatMap((feature) => PLATFORM_ACTIONS[feature] ?? [])];
  const statement: PolicyStatement = {
    Sid: "UseClaude",
    Effect: "Allow",
    Action: actions.map((action) => `aws-external-anthropic:${action}`),
    Resource: arn(question, "aws-external-anthropic", `workspace/${question.workspaceId ?? "*"}`),
  };
  return authentication === "key" ? [statement, keyStatement("aws-external-anthropic")] : [statement];
}

function forMantle(question: PolicyQuestion): readonly PolicyStatement[] {
  const statement: PolicyStatement = {
    Sid: "UseClaude",
    Effect: "Allow",
    Action: ["bedrock-mantle:CreateInference"],
    Resource: arn(question, "bedrock-mantle", `project/${question.workspaceId ?? "*"}`),
    ...(question.models.length > 0 && {
      Condition: { StringEquals: { "bedrock-mantle:Model": question.models } },
    }),
  };
  return question.authentication === "key" ? [statement, keyStatement("bedrock-mantle")] : [statement];
}

function forBedrock(question: PolicyQuestion): readonly PolicyStatement[] {
  const { models, features, authentication } = question;
  const direct: string[] = [];
  const profiles: string[] = [];
  const behindProfiles: string[] = [];
  const behind = (profileId: string): void => {
    for (const region of question.routedRegions?.get(profileId) ?? [null]) {
      behindProfiles.push(foundationModel(question, region, profileId.slice(profileId.indexOf(".") + 1)));
    }
  };
  for (const model of models) {
    if (model.startsWith("arn:")) {
      (model.includes("inference-profile/") ? profiles : direct).push(model);
      if (model.includes(":application-inference-profile/"))
        behindProfiles.push(foundationModel(question, null, "anthropic.*"));
      else if (model.includes(":inference-profile/")) behind(model.slice(model.indexOf("/") + 1));
    } else if (PROFILE_ID.test(model)) {
      profiles.push(arn(question, "bedrock", `inference-profile/${model}`));
      behind(model);
    } else {
      direct.push(arn({ ...question, accountId: "" }, "bedrock", `foundation-model/${model}`));
    }
  }
  if (models.length === 0) {
    profiles.push(
      arn(question, "bedrock", "inference-profile/*"),
      arn(question, "bedrock", "application-inference-profile/*"),
    );
    behindProfiles.push(foundationModel(question, null, "anthropic.*"));
  }
  const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];
  if (features.includes("count-tokens")) invoke.push("bedrock:CountTokens");
  const statements: PolicyStatement[] = [];
  if (direct.length > 0 || profiles.length > 0) {
    statements.push({ Sid: "InvokeClaude", Effect: "Allow", Action: invoke, Resource: [...profiles, ...direct] });
  }
  if (profiles.length > 0) {
    statements.push({
      Sid: "InvokeBehindProfiles",
      Effect: "Allow",
      Action: invoke,
      // A profile routes to other regions, and a global one to regions that are not listed.
      Resource: unique(behindProfiles),
      Condition: { ArnLike: { "bedrock:InferenceProfileArn": profiles } },
    });
  }
  if (features.includes("list-profiles")) {
    statements.push({
      Sid: "FindProfiles",
      Effect: "Allow",
      Action: ["bedrock:ListInferenceProfiles", "bedrock:GetInferenceProfile"],
      Resource: "*",
    });
  }
  if (features.includes("marketplace")) {
    statements.push({
      Sid: "SubscribeToModels",
      Effect: "Allow",
      Action: ["aws-marketplace:ViewSubscriptions", "aws-marketplace:Subscribe"],
      Resource: "*",
      Condition: { StringEquals: { "aws:CalledViaLast": "bedrock.amazonaws.com" } },
    });
  }
  if (authentication === "key") statements.push(keyStatement("bedrock"));
  return statements;
}

const PROFILE_ID = /^[a-z-]+\.anthropic\./;

function foundationModel({ partition }: PolicyQuestion, region: string | null, model: string): string {
  return arn({ partition, region, accountId: "" }, "bedrock", `foundation-model/${model}`);
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}

function arn(
  { partition = "aws", region, accountId }: Pick<PolicyQuestion, "partition" | "region" | "accountId">,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region ?? "*"}:${accountId ?? "*"}:${resource}`;
}
