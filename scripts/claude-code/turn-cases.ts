import { formatServiceHost } from "../../packages/endpoints/src/index.ts";
import { EXAMPLE_CREDENTIALS, type FakeOptions } from "../../apps/fake/src/server.ts";
import { gatewayTurns } from "./gateway-turns.ts";
import type { TurnCase, TurnVariables } from "./turn-case.ts";

/** The workspace, and its API key, that the fake accepts. */
export const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";
export const WORKSPACE_KEY = "aws-external-anthropic-api-key-EXAMPLE";
const BEDROCK_KEY = "bedrock-api-key-EXAMPLE";
const SESSION_CREDENTIALS: typeof EXAMPLE_CREDENTIALS = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "sEsSiOnSeCrEt/EXAMPLE",
  sessionToken: "FwoGZXIvYXdzEXAMPLETOKEN==",
};
const PROFILE_ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6";

/** What the fake knows: nothing but what the cases use, so that a key in the wrong place is refused. */
export const ACCEPTED_BY_FAKE: FakeOptions = {
  credentials: [EXAMPLE_CREDENTIALS, SESSION_CREDENTIALS],
  apiKeys: [WORKSPACE_KEY, BEDROCK_KEY],
  workspaces: [WORKSPACE_ID],
};

const onClaudePlatform: TurnVariables = (url) => ({
  CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
  ANTHROPIC_AWS_BASE_URL: url,
  ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
});
const onBedrock: TurnVariables = (url) => ({ CLAUDE_CODE_USE_BEDROCK: "1", ANTHROPIC_BEDROCK_BASE_URL: url });
const onMantle: TurnVariables = (url) => ({
  CLAUDE_CODE_USE_MANTLE: "1",
  ANTHROPIC_BEDROCK_MANTLE_BASE_URL: `${url}/anthropic`,
});

const accessKey: TurnVariables = () => ({
  AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
});
const sessionCredentials: TurnVariables = () => ({
  AWS_ACCESS_KEY_ID: SESSION_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: SESSION_CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: SESSION_CREDENTIALS.sessionToken ?? "",
});
const workspaceKey: TurnVariables = () => ({ ANTHROPIC_AWS_API_KEY: WORKSPACE_KEY });
const bedrockKey: TurnVariables = () => ({ AWS_BEARER_TOKEN_BEDROCK: BEDROCK_KEY });

type Row = readonly [
  name: string,
  provider: TurnCase["provider"],
  authentication: TurnCase["authentication"],
  behaviour: TurnCase["behaviour"],
  model: string,
  ...variables: readonly TurnVariables[],
];

const ROWS: readonly Row[] = [
  ["anthropic-aws-api-key", "anthropic-aws", "x-api-key", "scenario", "opus", onClaudePlatform, workspaceKey],
  ["anthropic-aws-sigv4", "anthropic-aws", "sigv4", "scenario", "opus", onClaudePlatform, accessKey],
  ["anthropic-aws-session", "anthropic-aws", "sigv4", "scenario", "sonnet", onClaudePlatform, sessionCredentials],
  ["bedrock-sigv4", "bedrock", "sigv4", "scenario", "opus", onBedrock, accessKey],
  ["bedrock-bearer", "bedrock", "bearer", "scenario", "opus", onBedrock, bedrockKey],
  ["bedrock-session", "bedrock", "sigv4", "scenario", "sonnet", onBedrock, sessionCredentials],
  ["bedrock-profile-arn", "bedrock", "sigv4", "scenario", PROFILE_ARN, onBedrock, accessKey],
  ["mantle-sigv4", "mantle", "sigv4", "scenario", "opus", onMantle, accessKey],
  ["mantle-bearer", "mantle", "bearer", "scenario", "opus", onMantle, bedrockKey],
  ["anthropic-aws-default", "anthropic-aws", "sigv4", "default", "haiku", onClaudePlatform, accessKey],
  ["bedrock-default", "bedrock", "sigv4", "default", "haiku", onBedrock, accessKey],
  ["mantle-default", "mantle", "sigv4", "default", "haiku", onMantle, accessKey],
];

/** What a team sets that collects the program's own figures; by itself it calls nobody on these providers. */
const TELEMETRY: Readonly<Record<string, string>> = {
  CLAUDE_CODE_ENABLE_TELEMETRY: "1",
  OTEL_METRICS_EXPORTER: "otlp",
  OTEL_LOGS_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  OTEL_EXPORTER_OTLP_ENDPOINT: "https://telemetry.example.com",
};

const proxiedOnClaudePlatform = (region: string, quiet = true): TurnCase => ({
  name: `proxy-anthropic-aws-${region}${quiet ? "" : "-telemetry"}`,
  provider: "anthropic-aws",
  authentication: "sigv4",
  behaviour: "scenario",
  model: "opus",
  variables: () => ({
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
    ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
    AWS_REGION: region,
    ...accessKey(""),
    ...(quiet ? {} : TELEMETRY),
  }),
  proxied: { hosts: [formatServiceHost({ provider: "anthropic-aws", region })], quiet },
});

const proxiedOnBedrock = (region: string, quiet = true): TurnCase => ({
  name: `proxy-bedrock-${region}${quiet ? "" : "-telemetry"}`,
  provider: "bedrock",
  authentication: "sigv4",
  behaviour: "scenario",
  model: "opus",
  variables: () => ({
    CLAUDE_CODE_USE_BEDROCK: "1",
    AWS_REGION: region,
    ...accessKey(""),
    ...(quiet ? {} : TELEMETRY),
  }),
  proxied: {
    hosts: [
      formatServiceHost({ provider: "bedrock", plane: "runtime", region }),
      formatServiceHost({ provider: "bedrock", plane: "control", region }),
    ],
    quiet,
  },
});

/** Without a key of its own; the command that renews its credentials has one. */
const renewed = (turn: TurnCase, renewal: NonNullable<TurnCase["renewal"]>): TurnCase => ({
  ...turn,
  name: `${turn.name}-${renewal}`,
  variables: (url) => {
    const names = new Set(Object.keys(accessKey(url)));
    const variables = Object.entries(turn.variables(url)).filter(([name]) => !names.has(name));
    // It asks once more where it was refused.
    return { ...Object.fromEntries(variables), CLAUDE_CODE_MAX_RETRIES: "3" };
  },
  renewal,
});

/** The turns in which the program is configured as in production. */
const PROXIED_TURNS: readonly TurnCase[] = [
  proxiedOnClaudePlatform("us-east-1"),
  proxiedOnClaudePlatform("eu-west-1"),
  proxiedOnBedrock("us-east-1"),
  proxiedOnBedrock("eu-central-1"),
  proxiedOnBedrock("us-west-2", false),
  proxiedOnClaudePlatform("us-west-2", false),
  renewed(proxiedOnClaudePlatform("us-east-1"), "awsCredentialExport"),
  renewed(proxiedOnBedrock("us-east-1"), "awsCredentialExport"),
  renewed(proxiedOnClaudePlatform("us-east-1"), "awsAuthRefresh"),
  renewed(proxiedOnBedrock("us-east-1"), "awsAuthRefresh"),
];

/**
 * Every turn that is run.
 *
 * @see Variables and start-up traffic as observed with Claude Code 2.1.329.
 */
export const TURN_CASES: readonly TurnCase[] = [
  ...ROWS.map(([name, provider, authentication, behaviour, model, ...variables]) => ({
    name,
    provider,
    authentication,
    behaviour,
    model,
    variables: (url: string) => Object.assign({}, ...variables.map((part) => part(url))) as Record<string, string>,
  })),
  ...PROXIED_TURNS,
  ...gatewayTurns({
    "anthropic-aws": (url) => ({ ...onClaudePlatform(url), ...accessKey(url) }),
    bedrock: (url) => ({ ...onBedrock(url), ...accessKey(url) }),
    mantle: (url) => ({ ...onMantle(url), ...accessKey(url) }),
  }),
];
