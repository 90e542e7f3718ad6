import type { FakeOptions } from "@claude-on-aws/fake/server";

/** A set-up of the documents, or one that is broken in one place. */
export interface SetUp {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly fake?: FakeOptions;
  /** What stands in place of the fake's own URL. */
  readonly url?: (url: string) => string;
}

/** A set-up that works. */
export interface WorkingSetUp extends SetUp {
  /** What the service sees of a try, and then of a question. */
  readonly operations: readonly string[];
  /** The rules that a try breaks on its way. */
  readonly breaks?: readonly string[];
}

/** What is broken in a set-up, and what has to be named for it. */
export interface BrokenSetUp extends SetUp {
  readonly subject: string;
  readonly code: string;
  /** What the cause names besides. */
  readonly names: RegExp;
  /** Whether the mistake is known before anything is sent. */
  readonly isUnsent?: true;
  /** Actions that the missing statements allow. */
  readonly actions?: readonly string[];
}

const WORKSPACE = "wrkspc_01ABCDEFGHIJKLMN";
const KEYS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const SESSION = { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "sEcReT/SESSION", sessionToken: "a-session-token" };

const variables = ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: typeof KEYS & { readonly sessionToken?: string }) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
});
const PROFILE = `[my-profile]\naws_access_key_id=${KEYS.accessKeyId}\naws_secret_access_key=${KEYS.secretAccessKey}\n`;

const withoutKeys = {
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE,
  AWS_REGION: "us-east-1",
};
const platform = { ...withoutKeys, ...variables(KEYS) };
const bedrockWithoutKeys = { CLAUDE_CODE_USE_BEDROCK: "1", AWS_REGION: "us-east-1" };
const bedrock = { ...bedrockWithoutKeys, ...variables(KEYS) };

const user = (...statements: readonly object[]): FakeOptions => ({
  principals: [{ name: "alice", credentials: [KEYS], policies: [{ Version: "2012-10-17", Statement: statements }] }],
});
const allow = (action: string | readonly string[], resource: string | readonly string[] = "*") => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});

const COUNTED = ["CountTokens", "CreateMessage"];
const INVOKED = ["InvokeModelWithResponseStream", "InvokeModelWithResponseStream"];

/** The set-ups of the documents, each as it stands there. */
export const SET_UPS: readonly WorkingSetUp[] = [
  {
    name: "Claude Platform: an access key in the variables",
    operations: COUNTED,
    env: platform,
    fake: { workspaces: [WORKSPACE] },
  },
  {
    name: "Claude Platform: a profile of ~/.aws/credentials, with awsAuthRefresh",
    operations: COUNTED,
    env: { ...withoutKeys, AWS_PROFILE: "my-profile" },
    files: {
      ".aws/credentials": PROFILE,
      ".claude/settings.json": '{"awsAuthRefresh":"touch $HOME/login-was-run"}',
    },
  },
  {
    name: "Claude Platform: a workspace API key in the env block of the user's settings",
    operations: COUNTED,
    env: withoutKeys,
    files: { ".claude/settings.json": '{"env":{"ANTHROPIC_AWS_API_KEY":"AEAA0123456789abcdef"}}' },
    fake: { apiKeys: ["AEAA0123456789abcdef"] },
  },
  {
    name: "Claude Platform: pinned models and the hour-long cache",
    operations: COUNTED,
    env: {
      ...platform,
      ANTHROPIC_DEFAULT_OPUS_MODEL: "claude-opus-4-7",
      ANTHROPIC_MODEL: "opus",
      ENABLE_PROMPT_CACHING_1H: "1",
    },
  },
  {
    name: "Claude Platform: a policy of IAM that allows inference alone",
    operations: ["CountTokens", "CreateMessage", "CreateMessage"],
    breaks: ["action-allowed"],
    env: platform,
    fake: user(allow("aws-external-anthropic:CreateInference")),
  },
  { name: "Bedrock: an access key in the variables", operations: INVOKED, env: bedrock },
  {
    name: "Bedrock: temporary credentials in the variables",
    operations: INVOKED,
    env: { ...bedrockWithoutKeys, ...variables(SESSION) },
    fake: { credentials: [SESSION] },
  },
  {
    name: "Bedrock: a profile of ~/.aws/credentials",
    operations: INVOKED,
    env: { ...bedrockWithoutKeys, AWS_PROFILE: "my-profile" },
    files: { ".aws/credentials": PROFILE },
  },
  {
    name: "Bedrock: an API key",
    operations: INVOKED,
    env: { ...bedrockWithoutKeys, AWS_BEARER_TOKEN_BEDROCK: "ABSK0123456789abcdef" },
    fake: { apiKeys: ["ABSK0123456789abcdef"] },
  },
  {
    name: "Bedrock: the ID of an inference profile",
    operations: INVOKED,
    env: { ...bedrock, ANTHROPIC_MODEL: "us.anthropic.claude-opus-4-5-20251101-v1:0" },
  },
  {
    name: "Bedrock: the policy of the document, with the models behind the profiles",
    operations: INVOKED,
    env: bedrock,
    fake: user(
      allow(
        ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "bedrock:ListInferenceProfiles"],
        ["arn:aws:bedrock:*:*:inference-profile/*", "arn:aws:bedrock:*::foundation-model/*"],
      ),
    ),
  },
  {
    name: "Bedrock's Messages endpoint: an API key",
    operations: ["CreateMessage", "CreateMessage"],
    env: { CLAUDE_CODE_USE_MANTLE: "1", AWS_REGION: "us-east-1", AWS_BEARER_TOKEN_BEDROCK: "ABSK0123456789abcdef" },
    fake: { apiKeys: ["ABSK0123456789abcdef"] },
  },
];

/** The same, each broken in one place. */
export const BROKEN_SET_UPS: readonly BrokenSetUp[] = [
  {
    name: "no workspace",
    env: { ...platform, ANTHROPIC_AWS_WORKSPACE_ID: "" },
    subject: "workspace",
    code: "WORKSPACE_ID_MISSING",
    names: /ANTHROPIC_AWS_WORKSPACE_ID/,
    isUnsent: true,
  },
  {
    name: "the name of a workspace in place of its ID",
    env: { ...platform, ANTHROPIC_AWS_WORKSPACE_ID: "my-team" },
    subject: "workspace",
    code: "WORKSPACE_ID_MALFORMED",
    names: /ANTHROPIC_AWS_WORKSPACE_ID/,
  },
  {
    name: "a workspace of another organization",
    env: platform,
    fake: { workspaces: ["wrkspc_01Other"] },
    subject: "workspace",
    code: "workspace-unknown",
    names: new RegExp(`workspace ${WORKSPACE} \\(ANTHROPIC_AWS_WORKSPACE_ID\\)`),
  },
  {
    name: "a workspace of another region, and no region that was meant",
    env: { ...platform, AWS_REGION: "" },
    fake: { workspaces: [{ id: WORKSPACE, region: "eu-west-1" }] },
    subject: "workspace",
    code: "workspace-unknown",
    names: /No region was found/,
  },
  {
    name: "a policy without a permission for inference",
    env: platform,
    fake: user(allow("aws-external-anthropic:GetModel")),
    subject: "policy",
    code: "access-denied",
    names: /user\/alice .*aws-external-anthropic:CreateInference/,
    actions: ["aws-external-anthropic:CreateInference", "aws-external-anthropic:CountTokens"],
  },
  {
    name: "a policy that denies inference",
    env: platform,
    fake: user(allow("*"), { ...allow("aws-external-anthropic:*"), Effect: "Deny" }),
    subject: "policy",
    code: "access-denied",
    names: /denies .*user\/alice/,
    actions: [],
  },
  {
    name: "a stale API key, which hides good credentials",
    env: { ...platform, ANTHROPIC_AWS_API_KEY: "AEAA0123456789abcdef" },
    fake: { apiKeys: ["AEAAanother"] },
    subject: "key",
    code: "api-key-unknown",
    names: /ANTHROPIC_AWS_API_KEY.*AWS credentials from .* are not used/,
  },
  {
    name: "an API key of the Claude Console",
    env: { ...withoutKeys, ANTHROPIC_AWS_API_KEY: "sk-ant-api03-0123456789abcdef" },
    subject: "key",
    code: "KEY_OF_WRONG_FAMILY",
    names: /ANTHROPIC_AWS_API_KEY/,
  },
  {
    name: "a wrong secret",
    env: { ...platform, AWS_SECRET_ACCESS_KEY: "not-the-secret" },
    subject: "credentials",
    code: "signature-mismatch",
    names: /AKIDEXAMPLE \(AWS_ACCESS_KEY_ID\)/,
  },
  {
    name: "an access key that was deleted",
    env: { ...platform, AWS_ACCESS_KEY_ID: "AKIADELETED" },
    subject: "credentials",
    code: "access-key-unknown",
    names: /AWS_ACCESS_KEY_ID/,
  },
  {
    name: "a session that has ended",
    env: { ...withoutKeys, ...variables(SESSION) },
    fake: { credentials: [{ ...SESSION, expiration: new Date(0) }] },
    subject: "credentials",
    code: "credentials-expired",
    names: /ended/,
  },
  {
    name: "a long-lived key with the session token of another",
    env: { ...platform, AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SESSION_TOKEN: "left-over" },
    fake: { credentials: [{ ...KEYS, accessKeyId: "AKIAEXAMPLE" }] },
    subject: "credentials",
    code: "SESSION_TOKEN_UNEXPECTED",
    names: /AWS_SESSION_TOKEN|session token/,
  },
  {
    name: "no credentials",
    env: withoutKeys,
    subject: "credentials",
    code: "CREDENTIALS_NOT_FOUND",
    names: /No AWS credentials were found/,
    isUnsent: true,
  },
  {
    name: "another region than that of the endpoint",
    env: platform,
    fake: { region: "eu-west-1" },
    subject: "region",
    code: "WRONG_REGION",
    names: /region us-east-1 \(AWS_REGION\)/,
  },
  {
    name: "a clock that is behind",
    env: platform,
    fake: { now: () => new Date(Date.now() + 3_600_000) },
    subject: "clock",
    code: "CLOCK_SKEW",
    names: /clock/,
  },
  {
    name: "a model that is mistyped",
    env: { ...platform, ANTHROPIC_MODEL: "claude-opsu-4-7" },
    subject: "model",
    code: "MODEL_UNKNOWN",
    names: /claude-opsu-4-7 \(ANTHROPIC_MODEL\)/,
  },
  {
    name: "a model that the workspace may not use",
    env: { ...platform, ANTHROPIC_MODEL: "claude-opus-4-7" },
    fake: { deniedModels: ["claude-opus-4-7"] },
    subject: "model access",
    code: "model-access-denied",
    names: /claude-opus-4-7 \(ANTHROPIC_MODEL\)/,
  },
  {
    name: "a switch that is not on",
    env: { ...platform, CLAUDE_CODE_USE_ANTHROPIC_AWS: "enabled" },
    subject: "provider",
    code: "SWITCH_NOT_TRUTHY",
    names: /CLAUDE_CODE_USE_ANTHROPIC_AWS/,
    isUnsent: true,
  },
  {
    name: "no switch",
    env: { ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE, AWS_REGION: "us-east-1", ...variables(KEYS) },
    subject: "provider",
    code: "REQUESTS_GO_TO_FIRST_PARTY",
    names: /no provider is switched on/,
    isUnsent: true,
  },
  {
    name: "nothing at all",
    env: {},
    url: () => "",
    subject: "provider",
    code: "PROVIDER_UNSUPPORTED",
    names: /Anthropic API/,
    isUnsent: true,
  },
  {
    name: "a base URL with a path of its own",
    env: platform,
    url: (url) => `${url}/v1`,
    subject: "base URL",
    code: "BASE_URL_HAS_V1",
    names: /\/v1/,
  },
  {
    name: "a base URL where nobody listens",
    env: platform,
    // A port that no program can have.
    url: () => "http://127.0.0.1:1",
    subject: "base URL",
    code: "CONNECTION_FAILED",
    names: /127\.0\.0\.1:1/,
  },
  {
    name: "no authentication although there is no gateway",
    env: { ...platform, CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH: "1" },
    subject: "credentials",
    code: "AUTHENTICATION_MISSING",
    names: /CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH/,
  },
  {
    name: "a key among the custom headers of signed requests",
    env: { ...platform, ANTHROPIC_CUSTOM_HEADERS: "x-api-key: AEAA0123456789abcdef" },
    subject: "key",
    code: "BOTH_AUTH_HEADERS",
    names: /x-api-key/,
  },
  {
    name: "Bedrock: the bare ID of a model",
    env: { ...bedrock, ANTHROPIC_MODEL: "anthropic.claude-opus-4-5-20251101-v1:0" },
    subject: "profile",
    code: "MODEL_NEEDS_PROFILE",
    names: /on-demand throughput/,
  },
  {
    name: "Bedrock: the profile of another geography",
    env: { ...bedrock, ANTHROPIC_MODEL: "eu.anthropic.claude-opus-4-5-20251101-v1:0" },
    subject: "profile",
    code: "PROFILE_NOT_IN_REGION",
    names: /eu\.anthropic\.claude-opus-4-5-20251101-v1:0/,
  },
  {
    name: "Bedrock: the ARN of an application inference profile of another account",
    env: {
      ...bedrock,
      ANTHROPIC_MODEL: "arn:aws:bedrock:us-east-2:999999999999:application-inference-profile/abcdefghijkl",
    },
    subject: "model",
    code: "model-unknown",
    names: /application-inference-profile\/abcdefghijkl/,
  },
  {
    name: "Bedrock: a model to which access was not granted",
    env: { ...bedrock, ANTHROPIC_MODEL: "us.anthropic.claude-opus-4-5-20251101-v1:0" },
    fake: { deniedModels: ["anthropic.claude-opus-4-5-20251101-v1:0"] },
    subject: "model access",
    code: "model-access-denied",
    names: /access/,
  },
  {
    name: "Bedrock: the form about use cases was not sent",
    env: bedrock,
    fake: { useCaseForm: "missing" },
    subject: "model access",
    code: "use-case-missing",
    names: /uses Claude for/,
  },
  {
    name: "Bedrock: the policy of the document, which forgets the models behind the profiles",
    env: { ...bedrock, ANTHROPIC_MODEL: "us.anthropic.claude-opus-4-5-20251101-v1:0" },
    fake: user(
      allow(
        ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "bedrock:ListInferenceProfiles"],
        ["arn:aws:bedrock:*:*:inference-profile/*", "arn:aws:bedrock:*:*:application-inference-profile/*"],
      ),
    ),
    subject: "policy",
    code: "access-denied",
    names: /user\/alice .*foundation-model/,
    actions: ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
  },
  {
    name: "Bedrock: a key of Claude Platform on AWS",
    env: { ...bedrockWithoutKeys, AWS_BEARER_TOKEN_BEDROCK: "AEAA0123456789abcdef" },
    subject: "key",
    code: "KEY_OF_WRONG_FAMILY",
    names: /AWS_BEARER_TOKEN_BEDROCK/,
  },
  {
    name: "Bedrock: an API key that was withdrawn",
    env: { ...bedrockWithoutKeys, AWS_BEARER_TOKEN_BEDROCK: "ABSK0123456789abcdef" },
    fake: { apiKeys: ["ABSKanother"] },
    subject: "key",
    code: "api-key-unknown",
    names: /AWS_BEARER_TOKEN_BEDROCK/,
  },
  {
    name: "Bedrock: temporary credentials without their session token",
    env: { ...bedrockWithoutKeys, ...variables(SESSION), AWS_SESSION_TOKEN: "" },
    fake: { credentials: [SESSION] },
    subject: "credentials",
    code: "SESSION_TOKEN_MISSING",
    names: /session token/,
  },
  {
    name: "Bedrock: a session that has ended",
    env: { ...bedrockWithoutKeys, ...variables(SESSION) },
    fake: { credentials: [{ ...SESSION, expiration: new Date(0) }] },
    subject: "credentials",
    code: "credentials-expired",
    names: /ended/,
  },
];
