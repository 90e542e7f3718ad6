import type { Provider } from "./provider.ts";

/** How the text of a variable is read. */
export type VariableForm =
  | "switch"
  | "text"
  | "secret"
  | "url"
  | "region"
  | "model"
  | "list"
  | "headers"
  | "path"
  | "ttl"
  | "milliseconds";

/** What a variable decides; a host that manages the provider takes the first four out of the settings files. */
export type VariableGroup = "provider" | "endpoint" | "authentication" | "model" | "caching" | "request" | "files";

/** What is known of one environment variable. */
export interface Variable {
  readonly name: string;
  readonly group: VariableGroup;
  /** The providers that read it; empty where all do. */
  readonly providers: readonly Provider[];
  readonly form: VariableForm;
  /** What holds where it is not set, in words; empty where nothing does. */
  readonly default: string;
  /** Whether its value must not be shown. */
  readonly secret: boolean;
  readonly meaning: string;
  /** Where this is known from. */
  readonly source: string;
  /** First version of Claude Code that reads it; absent where that is not known. */
  readonly since?: string;
  /** Version of Claude Code from which it is only kept for old set-ups. */
  readonly deprecatedSince?: string;
  /** What takes its place. */
  readonly replacedBy?: string;
}

type Row = readonly [
  name: string,
  group: VariableGroup,
  providers: readonly Provider[],
  form: VariableForm,
  fallback: string,
  meaning: string,
  source: string,
  dates?: { readonly since?: string; readonly deprecatedSince?: string; readonly replacedBy?: string },
];

const environment = "code.claude.com/docs/en/env-vars";
const bedrockPage = "code.claude.com/docs/en/amazon-bedrock";
const platformPage = "code.claude.com/docs/en/claude-platform-on-aws";
const cachingPage = "code.claude.com/docs/en/prompt-caching";
const observed = "Claude Code 2.1.329, observed";
const sdk = "AWS SDK for JavaScript 3.936.0";

const onAws: readonly Provider[] = ["anthropic-aws", "bedrock", "mantle"];
const all: readonly Provider[] = [];

const rows: readonly Row[] = [
  [
    "CLAUDE_CODE_USE_BEDROCK",
    "provider",
    ["bedrock"],
    "switch",
    "off",
    "Sends requests to Amazon Bedrock.",
    environment,
  ],
  [
    "CLAUDE_CODE_USE_FOUNDRY",
    "provider",
    ["foundry"],
    "switch",
    "off",
    "Sends requests to Microsoft Foundry.",
    environment,
  ],
  [
    "CLAUDE_CODE_USE_ANTHROPIC_AWS",
    "provider",
    ["anthropic-aws"],
    "switch",
    "off",
    "Sends requests to Claude Platform on AWS.",
    platformPage,
  ],
  [
    "CLAUDE_CODE_USE_MANTLE",
    "provider",
    ["mantle"],
    "switch",
    "off",
    "Sends requests to Bedrock's Messages endpoint.",
    environment,
  ],
  [
    "CLAUDE_CODE_USE_VERTEX",
    "provider",
    ["vertex"],
    "switch",
    "off",
    "Sends requests to Google Vertex AI.",
    environment,
  ],
  [
    "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST",
    "provider",
    all,
    "text",
    "",
    "Takes provider, endpoint, authentication and model variables out of the settings files.",
    environment,
  ],
  [
    "ANTHROPIC_AWS_WORKSPACE_ID",
    "authentication",
    ["anthropic-aws"],
    "text",
    "",
    "Workspace, sent with every request.",
    platformPage,
  ],
  [
    "ANTHROPIC_AWS_API_KEY",
    "authentication",
    ["anthropic-aws"],
    "secret",
    "",
    "Workspace key; beats AWS credentials.",
    platformPage,
  ],
  [
    "ANTHROPIC_AWS_BASE_URL",
    "endpoint",
    ["anthropic-aws"],
    "url",
    "https://aws-external-anthropic.{region}.api.aws",
    "Where Claude Platform on AWS is reached.",
    platformPage,
  ],
  [
    "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
    "authentication",
    ["anthropic-aws"],
    "switch",
    "off",
    "Sends requests unsigned, for a gateway that signs.",
    platformPage,
  ],
  [
    "ANTHROPIC_BEDROCK_BASE_URL",
    "endpoint",
    ["bedrock"],
    "url",
    "https://bedrock-runtime.{region}.amazonaws.com",
    "Where Bedrock is reached, control plane included.",
    bedrockPage,
  ],
  [
    "AWS_BEARER_TOKEN_BEDROCK",
    "authentication",
    ["bedrock", "mantle"],
    "secret",
    "",
    "Bedrock key; beats AWS credentials.",
    bedrockPage,
  ],
  [
    "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
    "authentication",
    ["bedrock"],
    "switch",
    "off",
    "Sends requests unsigned.",
    bedrockPage,
  ],
  [
    "ANTHROPIC_BEDROCK_REGION_PREFIX",
    "model",
    ["bedrock"],
    "text",
    "derived from the region",
    "Geography of inference profiles to try first.",
    environment,
    { since: "2.1.224" },
  ],
  [
    "ANTHROPIC_BEDROCK_SERVICE_TIER",
    "request",
    ["bedrock"],
    "text",
    "",
    "Sent as x-amzn-bedrock-service-tier.",
    environment,
  ],
  [
    "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    "endpoint",
    ["mantle"],
    "url",
    "https://bedrock-mantle.{region}.api.aws/anthropic",
    "Where Bedrock's Messages endpoint is reached.",
    environment,
  ],
  [
    "CLAUDE_CODE_SKIP_MANTLE_AUTH",
    "authentication",
    ["mantle"],
    "switch",
    "off",
    "Sends requests unsigned.",
    environment,
  ],
  ["AWS_REGION", "endpoint", onAws, "region", "", "Region of endpoint and signature.", bedrockPage],
  ["AWS_DEFAULT_REGION", "endpoint", onAws, "region", "", "Region where AWS_REGION is not set.", bedrockPage],
  ["AWS_PROFILE", "authentication", onAws, "text", "default", "Profile of the AWS files.", sdk],
  ["AWS_ACCESS_KEY_ID", "authentication", onAws, "text", "", "Access key.", sdk],
  ["AWS_SECRET_ACCESS_KEY", "authentication", onAws, "secret", "", "Secret of the access key.", sdk],
  ["AWS_SESSION_TOKEN", "authentication", onAws, "secret", "", "Session token of temporary credentials.", sdk],
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "authentication", onAws, "path", "", "Token that is exchanged for a role.", sdk],
  ["AWS_ROLE_ARN", "authentication", onAws, "text", "", "Role that the web identity token is exchanged for.", sdk],
  [
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "authentication",
    onAws,
    "text",
    "",
    "Credential service of a container.",
    sdk,
  ],
  ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "authentication", onAws, "url", "", "Credential service of a container.", sdk],
  ["AWS_CONFIG_FILE", "files", onAws, "path", "~/.aws/config", "Config file.", sdk],
  ["AWS_SHARED_CREDENTIALS_FILE", "files", onAws, "path", "~/.aws/credentials", "Credentials file.", sdk],
  [
    "AWS_ENDPOINT_URL_BEDROCK",
    "endpoint",
    ["bedrock"],
    "url",
    "",
    "Moves the list of inference profiles, not inference.",
    observed,
  ],
  [
    "AWS_ENDPOINT_URL",
    "endpoint",
    ["bedrock"],
    "url",
    "",
    "Moves the list of inference profiles where AWS_ENDPOINT_URL_BEDROCK is not set.",
    sdk,
  ],
  [
    "ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION",
    "model",
    ["bedrock", "mantle"],
    "region",
    "the session's region",
    "Region of background requests to a Haiku model.",
    environment,
  ],
  ["ANTHROPIC_FOUNDRY_BASE_URL", "endpoint", ["foundry"], "url", "", "Where Foundry is reached.", environment],
  [
    "ANTHROPIC_FOUNDRY_RESOURCE",
    "endpoint",
    ["foundry"],
    "text",
    "",
    "Resource whose host the base URL is made of.",
    environment,
  ],
  [
    "ANTHROPIC_FOUNDRY_API_KEY",
    "authentication",
    ["foundry"],
    "secret",
    "",
    "Key of the Foundry resource.",
    environment,
  ],
  [
    "CLAUDE_CODE_SKIP_FOUNDRY_AUTH",
    "authentication",
    ["foundry"],
    "switch",
    "off",
    "Sends requests without a key.",
    environment,
  ],
  [
    "ANTHROPIC_BASE_URL",
    "endpoint",
    ["anthropic"],
    "url",
    "https://api.anthropic.com",
    "Where Anthropic is reached.",
    environment,
  ],
  ["ANTHROPIC_API_KEY", "authentication", ["anthropic"], "secret", "", "Console key, sent as x-api-key.", environment],
  [
    "ANTHROPIC_AUTH_TOKEN",
    "authentication",
    all,
    "secret",
    "",
    "Bearer token; with AWS providers only where their authentication is skipped.",
    environment,
  ],
  [
    "CLAUDE_CODE_OAUTH_TOKEN",
    "authentication",
    ["anthropic"],
    "secret",
    "",
    "Bearer token of a signed-in account.",
    environment,
  ],
  ["ANTHROPIC_MODEL", "model", all, "model", "", "Model of the session.", environment],
  [
    "ANTHROPIC_DEFAULT_MODEL",
    "model",
    all,
    "model",
    "",
    "Model of new sessions that ask for none.",
    environment,
    { since: "2.1.236" },
  ],
  ["ANTHROPIC_DEFAULT_FABLE_MODEL", "model", all, "model", "built in", "What the alias fable means.", environment],
  ["ANTHROPIC_DEFAULT_OPUS_MODEL", "model", all, "model", "built in", "What the alias opus means.", environment],
  ["ANTHROPIC_DEFAULT_SONNET_MODEL", "model", all, "model", "built in", "What the alias sonnet means.", environment],
  ["ANTHROPIC_DEFAULT_HAIKU_MODEL", "model", all, "model", "built in", "What the alias haiku means.", environment],
  [
    "ANTHROPIC_SMALL_FAST_MODEL",
    "model",
    all,
    "model",
    "",
    "Model of background requests.",
    environment,
    { deprecatedSince: "2.1.197", replacedBy: "ANTHROPIC_DEFAULT_HAIKU_MODEL" },
  ],
  ["CLAUDE_CODE_SUBAGENT_MODEL", "model", all, "model", "the session's", "Model of subagents.", environment],
  [
    "CLAUDE_CODE_DISABLE_1M_CONTEXT",
    "model",
    all,
    "switch",
    "off",
    "Never asks for the 1M context window.",
    environment,
  ],
  [
    "CLAUDE_CODE_DISABLE_LEGACY_MODEL_REMAP",
    "model",
    all,
    "switch",
    "off",
    "Asks for retired models as they are.",
    observed,
  ],
  [
    "ANTHROPIC_CUSTOM_HEADERS",
    "request",
    all,
    "headers",
    "",
    "Headers added to every request, one a line.",
    environment,
  ],
  [
    "ANTHROPIC_BETAS",
    "request",
    all,
    "list",
    "",
    "Further values of anthropic-beta, separated by commas.",
    environment,
  ],
  [
    "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS",
    "request",
    all,
    "switch",
    "off",
    "Leaves out the betas that only Anthropic's own API knows.",
    environment,
  ],
  ["API_TIMEOUT_MS", "request", all, "milliseconds", "600000", "Time after which a request is given up.", environment],
  ["DISABLE_PROMPT_CACHING", "caching", all, "switch", "off", "Caches no prompt.", environment],
  ["DISABLE_PROMPT_CACHING_FABLE", "caching", all, "switch", "off", "Caches no prompt of a Fable model.", cachingPage],
  ["DISABLE_PROMPT_CACHING_OPUS", "caching", all, "switch", "off", "Caches no prompt of an Opus model.", cachingPage],
  [
    "DISABLE_PROMPT_CACHING_SONNET",
    "caching",
    all,
    "switch",
    "off",
    "Caches no prompt of a Sonnet model.",
    cachingPage,
  ],
  ["DISABLE_PROMPT_CACHING_HAIKU", "caching", all, "switch", "off", "Caches no prompt of a Haiku model.", cachingPage],
  ["FORCE_PROMPT_CACHING_5M", "caching", all, "switch", "off", "Keeps cached prompts for five minutes.", environment],
  [
    "CLAUDE_CODE_PROMPT_CACHE_TTL",
    "caching",
    all,
    "ttl",
    "5m",
    "How long prompts stay cached.",
    cachingPage,
    { since: "2.1.242" },
  ],
  ["ENABLE_PROMPT_CACHING_1H", "caching", all, "switch", "off", "Keeps cached prompts for an hour.", environment],
  [
    "ENABLE_PROMPT_CACHING_1H_BEDROCK",
    "caching",
    ["bedrock"],
    "switch",
    "off",
    "Keeps cached prompts for an hour.",
    environment,
    { deprecatedSince: "2.1.197", replacedBy: "ENABLE_PROMPT_CACHING_1H" },
  ],
];

/** The variables that decide where a request of Claude Code goes and what it carries. */
export const variables: readonly Variable[] = /* @__PURE__ */ rows.map(
  ([name, group, providers, form, fallback, meaning, source, dates]) => ({
    name,
    group,
    providers,
    form,
    default: fallback,
    secret: form === "secret",
    meaning,
    source,
    ...dates,
  }),
);
