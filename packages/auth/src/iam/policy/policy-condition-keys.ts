/** The type of the values of a condition key. */
export type ConditionKeyType = "String" | "ArrayOfString" | "Bool" | "Numeric" | "Date" | "IPAddress" | "ARN";

/** One key that a policy can test. */
export interface ConditionKey {
  /** The key; one that ends in `/` stands for all keys that begin with it and end with the name of a tag. */
  readonly key: ConditionKeyName;
  readonly type: ConditionKeyType;
  /** Where it is documented. */
  readonly source: string;
}

const SOURCES = {
  global: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  platform: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_aws-external-anthropic.html",
  bedrock: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html",
  mantle:
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockpoweredbyawsmantle.html",
} as const;

const GLOBAL = [
  ["aws:PrincipalArn", "ARN"],
  ["aws:PrincipalAccount", "String"],
  ["aws:PrincipalOrgPaths", "ArrayOfString"],
  ["aws:PrincipalOrgID", "String"],
  ["aws:PrincipalTag/", "String"],
  ["aws:PrincipalIsAWSService", "Bool"],
  ["aws:PrincipalServiceName", "String"],
  ["aws:PrincipalServiceNamesList", "ArrayOfString"],
  ["aws:PrincipalType", "String"],
  ["aws:userid", "String"],
  ["aws:username", "String"],
  ["aws:AssumedRoot", "Bool"],
  ["aws:FederatedProvider", "String"],
  ["aws:TokenIssueTime", "Date"],
  ["aws:MultiFactorAuthAge", "Numeric"],
  ["aws:MultiFactorAuthPresent", "Bool"],
  ["aws:ChatbotSourceArn", "ARN"],
  ["aws:Ec2InstanceSourceVpc", "String"],
  ["aws:Ec2InstanceSourcePrivateIPv4", "IPAddress"],
  ["aws:SourceIdentity", "String"],
  ["aws:SourceIp", "IPAddress"],
  ["aws:SourceVpc", "String"],
  ["aws:SourceVpcArn", "ARN"],
  ["aws:SourceVpce", "String"],
  ["aws:VpceAccount", "String"],
  ["aws:VpceOrgPaths", "ArrayOfString"],
  ["aws:VpceOrgID", "String"],
  ["aws:VpcSourceIp", "IPAddress"],
  ["aws:ResourceAccount", "String"],
  ["aws:ResourceOrgID", "String"],
  ["aws:ResourceOrgPaths", "ArrayOfString"],
  ["aws:ResourceTag/", "String"],
  ["aws:CalledVia", "ArrayOfString"],
  ["aws:CalledViaFirst", "String"],
  ["aws:CalledViaLast", "String"],
  ["aws:CalledViaAWSMCP", "String"],
  ["aws:ViaAWSService", "Bool"],
  ["aws:ViaAWSMCPService", "Bool"],
  ["aws:CurrentTime", "Date"],
  ["aws:EpochTime", "Date"],
  ["aws:Referer", "String"],
  ["aws:RequestedRegion", "String"],
  ["aws:RequestTag/", "String"],
  ["aws:TagKeys", "ArrayOfString"],
  ["aws:SecureTransport", "Bool"],
  ["aws:SourceArn", "ARN"],
  ["aws:SourceAccount", "String"],
  ["aws:SourceOwner", "String"],
  ["aws:SourceOrgPaths", "ArrayOfString"],
  ["aws:SourceOrgID", "String"],
  ["aws:UserAgent", "String"],
  ["aws:IsMcpServiceAction", "Bool"],
] as const;

const PLATFORM = [
  ["aws-external-anthropic:BearerTokenType", "String"],
  ["aws-external-anthropic:CalledViaConsole", "Bool"],
  ["aws-external-anthropic:Capability", "String"],
  ["aws-external-anthropic:KeyArn", "ARN"],
] as const;

const BEDROCK = [
  ["bedrock:BearerTokenType", "String"],
  ["bedrock:DataRetentionMode", "String"],
  ["bedrock:GuardrailIdentifier", "ARN"],
  ["bedrock:InferenceProfileArn", "ARN"],
  ["bedrock:InlineAgentName", "String"],
  ["bedrock:ModelArn", "ARN"],
  ["bedrock:ProjectArn", "ARN"],
  ["bedrock:PromptRouterArn", "ARN"],
  ["bedrock:ServiceTier", "String"],
  ["bedrock:ThirdPartyKnowledgeBaseCredentialsSecretArn", "ARN"],
] as const;

const MANTLE = [
  ["bedrock-mantle:BearerTokenType", "String"],
  ["bedrock-mantle:CustomizedModelArn", "String"],
  ["bedrock-mantle:DataRetentionMode", "String"],
  ["bedrock-mantle:Files", "ArrayOfString"],
  ["bedrock-mantle:FineTuningJob", "String"],
  ["bedrock-mantle:Model", "String"],
  ["bedrock-mantle:ProjectArn", "String"],
  ["bedrock-mantle:ReservationArn", "String"],
  ["bedrock-mantle:ServiceTier", "String"],
] as const;

/** The name of a {@link ConditionKey}. */
export type ConditionKeyName = (typeof GLOBAL | typeof PLATFORM | typeof BEDROCK | typeof MANTLE)[number][0];

type Row = readonly [key: ConditionKeyName, type: ConditionKeyType];

const withSource = (rows: readonly Row[], source: string): ConditionKey[] =>
  rows.map(([key, type]) => ({ key, type, source }));

/**
 * The condition keys of AWS as a whole and of the three services, with the
 * type of their values.
 *
 * @example Usage
 * ```ts
 * import { POLICY_CONDITION_KEYS } from "@claude-on-aws/auth/iam";
 * import { equal } from "node:assert/strict";
 *
 * equal(POLICY_CONDITION_KEYS.find(({ key }) => key === "aws:SourceIp")?.type, "IPAddress");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html | AWS global condition context keys}
 */
export const POLICY_CONDITION_KEYS: readonly ConditionKey[] = /* @__PURE__ */ (() => [
  ...withSource(GLOBAL, SOURCES.global),
  ...withSource(PLATFORM, SOURCES.platform),
  ...withSource(BEDROCK, SOURCES.bedrock),
  ...withSource(MANTLE, SOURCES.mantle),
])();

const BY_LOWER_CASE_KEY = /* @__PURE__ */ new Map(
  /* @__PURE__ */ POLICY_CONDITION_KEYS.map((row) => [row.key.toLowerCase(), row]),
);

/**
 * Finds the row of a key.
 *
 * @param key The key, in any case.
 * @returns Its row; `undefined` if it is not in the table.
 */
export function findConditionKey(key: string): ConditionKey | undefined {
  const name = key.toLowerCase();
  const slash = name.indexOf("/");
  return (
    BY_LOWER_CASE_KEY.get(name) ??
    (slash === -1 || slash === name.length - 1 ? undefined : BY_LOWER_CASE_KEY.get(name.slice(0, slash + 1)))
  );
}
