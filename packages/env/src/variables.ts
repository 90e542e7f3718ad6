import { DEFAULT_BASE_URLS } from "./default-base-urls.ts";
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

/** What a variable decides; where a host manages the provider, the settings files do not set the first four. */
export type VariableGroup = "provider" | "endpoint" | "authentication" | "model" | "caching" | "request" | "files";

/** What is known of one environment variable. */
export interface Variable {
  readonly name: string;
  readonly group: VariableGroup;
  /** The providers that read it; empty if all do. */
  readonly providers: readonly Provider[];
  readonly form: VariableForm;
  /** What applies where it is not set, in words; empty if nothing does. */
  readonly default: string;
  /** Whether its value must not be shown. */
  readonly secret: boolean;
  readonly meaning: string;
  /** Where this is known from. */
  readonly source: string;
  /** First version of Claude Code that reads it; absent where that is not known. */
  readonly since?: string;
  /** Version of Claude Code since which it is only kept for old set-ups. */
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

const ENVIRONMENT = "code.claude.com/docs/en/env-vars";
const BEDROCK_PAGE = "code.claude.com/docs/en/amazon-bedrock";
const PLATFORM_PAGE = "code.claude.com/docs/en/claude-platform-on-aws";
const CACHING_PAGE = "code.claude.com/docs/en/prompt-caching";
const OBSERVED = "Claude Code 2.1.329, observed";
const SDK = "AWS SDK for JavaScript 3.936.0";

const ON_AWS: readonly Provider[] = ["anthropic-aws", "bedrock", "mantle"];
const ALL: readonly Provider[] = [];

const ROWS: readonly Row[] = /* @__PURE__ */ (() => [
  [
    "CLAUDE_CODE_USE_BEDROCK",
    "provider",
    ["bedrock"],
    "switch",
    "off",
    "Sends requests to Amazon Bedrock.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_USE_FOUNDRY",
    "provider",
    ["foundry"],
    "switch",
    "off",
    "Sends requests to Microsoft Foundry.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_USE_ANTHROPIC_AWS",
    "provider",
    ["anthropic-aws"],
    "switch",
    "off",
    "Sends requests to Claude Platform on AWS.",
    PLATFORM_PAGE,
  ],
  [
    "CLAUDE_CODE_USE_MANTLE",
    "provider",
    ["mantle"],
    "switch",
    "off",
    "Sends requests to Bedrock's Messages endpoint.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_USE_VERTEX",
    "provider",
    ["vertex"],
    "switch",
    "off",
    "Sends requests to Google Vertex AI.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST",
    "provider",
    ALL,
    "text",
    "",
    "Takes provider, endpoint, authentication and model variables out of the settings files.",
    ENVIRONMENT,
  ],
  [
    "ANTHROPIC_AWS_WORKSPACE_ID",
    "authentication",
    ["anthropic-aws"],
    "text",
    "",
    "Workspace, sent with every request.",
    PLATFORM_PAGE,
  ],
  [
    "ANTHROPIC_AWS_API_KEY",
    "authentication",
    ["anthropic-aws"],
    "secret",
    "",
    "Workspace key; beats AWS credentials.",
    PLATFORM_PAGE,
  ],
  [
    "ANTHROPIC_AWS_BASE_URL",
    "endpoint",
    ["anthropic-aws"],
    "url",
    DEFAULT_BASE_URLS["anthropic-aws"],
    "Where Claude Platform on AWS is reached.",
    PLATFORM_PAGE,
  ],
  [
    "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
    "authentication",
    ["anthropic-aws"],
    "switch",
    "off",
    "Sends requests unsigned, for a gateway that signs.",
    PLATFORM_PAGE,
  ],
  [
    "ANTHROPIC_BEDROCK_BASE_URL",
    "endpoint",
    ["bedrock"],
    "url",
    DEFAULT_BASE_URLS.bedrock,
    "Where Bedrock is reached, control plane included.",
    BEDROCK_PAGE,
  ],
  [
    "AWS_BEARER_TOKEN_BEDROCK",
    "authentication",
    ["bedrock", "mantle"],
    "secret",
    "",
    "Bedrock key; beats AWS credentials.",
    BEDROCK_PAGE,
  ],
  [
    "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
    "authentication",
    ["bedrock"],
    "switch",
    "off",
    "Sends requests unsigned.",
    BEDROCK_PAGE,
  ],
  [
    "ANTHROPIC_BEDROCK_REGION_PREFIX",
    "model",
    ["bedrock"],
    "text",
    "derived from the region",
    "Geography of inference profiles to try first.",
    ENVIRONMENT,
    { since: "2.1.224" },
  ],
  [
    "ANTHROPIC_BEDROCK_SERVICE_TIER",
    "request",
    ["bedrock"],
    "text",
    "",
    "Sent as x-amzn-bedrock-service-tier.",
    ENVIRONMENT,
  ],
  [
    "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    "endpoint",
    ["mantle"],
    "url",
    DEFAULT_BASE_URLS.mantle,
    "Where Bedrock's Messages endpoint is reached.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_SKIP_MANTLE_AUTH",
    "authentication",
    ["mantle"],
    "switch",
    "off",
    "Sends requests unsigned.",
    ENVIRONMENT,
  ],
  ["AWS_REGION", "endpoint", ON_AWS, "region", "", "Region of endpoint and signature.", BEDROCK_PAGE],
  ["AWS_DEFAULT_REGION", "endpoint", ON_AWS, "region", "", "Region where AWS_REGION is not set.", BEDROCK_PAGE],
  ["AWS_PROFILE", "authentication", ON_AWS, "text", "default", "Profile of the AWS files.", SDK],
  ["AWS_ACCESS_KEY_ID", "authentication", ON_AWS, "text", "", "Access key.", SDK],
  ["AWS_SECRET_ACCESS_KEY", "authentication", ON_AWS, "secret", "", "Secret of the access key.", SDK],
  ["AWS_SESSION_TOKEN", "authentication", ON_AWS, "secret", "", "Session token of temporary credentials.", SDK],
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "authentication", ON_AWS, "path", "", "Token that is exchanged for a role.", SDK],
  ["AWS_ROLE_ARN", "authentication", ON_AWS, "text", "", "Role that the web identity token is exchanged for.", SDK],
  [
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "authentication",
    ON_AWS,
    "text",
    "",
    "Credential service of a container.",
    SDK,
  ],
  [
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "authentication",
    ON_AWS,
    "url",
    "",
    "Credential service of a container.",
    SDK,
  ],
  ["AWS_CONFIG_FILE", "files", ON_AWS, "path", "~/.aws/config", "Config file.", SDK],
  ["AWS_SHARED_CREDENTIALS_FILE", "files", ON_AWS, "path", "~/.aws/credentials", "Credentials file.", SDK],
  [
    "AWS_ENDPOINT_URL_BEDROCK",
    "endpoint",
    ["bedrock"],
    "url",
    "",
    "Moves the list of inference profiles, not inference.",
    OBSERVED,
  ],
  [
    "AWS_ENDPOINT_URL",
    "endpoint",
    ["bedrock"],
    "url",
    "",
    "Moves the list of inference profiles where AWS_ENDPOINT_URL_BEDROCK is not set.",
    SDK,
  ],
  [
    "ANTHROPIC_SMALL_FAST_MODEL_AWS_REGION",
    "model",
    ["bedrock", "mantle"],
    "region",
    "the session's region",
    "Region of background requests to a Haiku model.",
    ENVIRONMENT,
  ],
  ["ANTHROPIC_FOUNDRY_BASE_URL", "endpoint", ["foundry"], "url", "", "Where Foundry is reached.", ENVIRONMENT],
  [
    "ANTHROPIC_FOUNDRY_RESOURCE",
    "endpoint",
    ["foundry"],
    "text",
    "",
    "Resource whose host the base URL is made of.",
    ENVIRONMENT,
  ],
  [
    "ANTHROPIC_FOUNDRY_API_KEY",
    "authentication",
    ["foundry"],
    "secret",
    "",
    "Key of the Foundry resource.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_SKIP_FOUNDRY_AUTH",
    "authentication",
    ["foundry"],
    "switch",
    "off",
    "Sends requests without a key.",
    ENVIRONMENT,
  ],
  [
    "ANTHROPIC_BASE_URL",
    "endpoint",
    ["anthropic"],
    "url",
    "https://api.anthropic.com",
    "Where Anthropic is reached.",
    ENVIRONMENT,
  ],
  ["ANTHROPIC_API_KEY", "authentication", ["anthropic"], "secret", "", "Console key, sent as x-api-key.", ENVIRONMENT],
  [
    "ANTHROPIC_AUTH_TOKEN",
    "authentication",
    ALL,
    "secret",
    "",
    "Bearer token; with AWS providers only where their authentication is skipped.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_OAUTH_TOKEN",
    "authentication",
    ["anthropic"],
    "secret",
    "",
    "Bearer token of a signed-in account.",
    ENVIRONMENT,
  ],
  ["ANTHROPIC_MODEL", "model", ALL, "model", "", "Model of the session.", ENVIRONMENT],
  [
    "ANTHROPIC_DEFAULT_MODEL",
    "model",
    ALL,
    "model",
    "",
    "Model of new sessions that ask for none.",
    ENVIRONMENT,
    { since: "2.1.236" },
  ],
  ["ANTHROPIC_DEFAULT_FABLE_MODEL", "model", ALL, "model", "built in", "What the alias fable means.", ENVIRONMENT],
  ["ANTHROPIC_DEFAULT_OPUS_MODEL", "model", ALL, "model", "built in", "What the alias opus means.", ENVIRONMENT],
  ["ANTHROPIC_DEFAULT_SONNET_MODEL", "model", ALL, "model", "built in", "What the alias sonnet means.", ENVIRONMENT],
  ["ANTHROPIC_DEFAULT_HAIKU_MODEL", "model", ALL, "model", "built in", "What the alias haiku means.", ENVIRONMENT],
  [
    "ANTHROPIC_SMALL_FAST_MODEL",
    "model",
    ALL,
    "model",
    "",
    "Model of background requests.",
    ENVIRONMENT,
    { deprecatedSince: "2.1.197", replacedBy: "ANTHROPIC_DEFAULT_HAIKU_MODEL" },
  ],
  ["CLAUDE_CODE_SUBAGENT_MODEL", "model", ALL, "model", "the session's", "Model of subagents.", ENVIRONMENT],
  [
    "CLAUDE_CODE_DISABLE_1M_CONTEXT",
    "model",
    ALL,
    "switch",
    "off",
    "Never asks for the 1M context window.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_DISABLE_LEGACY_MODEL_REMAP",
    "model",
    ALL,
    "switch",
    "off",
    "Asks for retired models as they are.",
    OBSERVED,
  ],
  [
    "ANTHROPIC_CUSTOM_HEADERS",
    "request",
    ALL,
    "headers",
    "",
    "Headers added to every request, one per line.",
    ENVIRONMENT,
  ],
  [
    "ANTHROPIC_BETAS",
    "request",
    ALL,
    "list",
    "",
    "Further values of anthropic-beta, separated by commas.",
    ENVIRONMENT,
  ],
  [
    "CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS",
    "request",
    ALL,
    "switch",
    "off",
    "Leaves out the betas that only Anthropic's own API knows.",
    ENVIRONMENT,
  ],
  ["API_TIMEOUT_MS", "request", ALL, "milliseconds", "600000", "Time after which a request is given up.", ENVIRONMENT],
  ["DISABLE_PROMPT_CACHING", "caching", ALL, "switch", "off", "Caches no prompt.", ENVIRONMENT],
  ["DISABLE_PROMPT_CACHING_FABLE", "caching", ALL, "switch", "off", "Caches no prompt of a Fable model.", CACHING_PAGE],
  ["DISABLE_PROMPT_CACHING_OPUS", "caching", ALL, "switch", "off", "Caches no prompt of an Opus model.", CACHING_PAGE],
  [
    "DISABLE_PROMPT_CACHING_SONNET",
    "caching",
    ALL,
    "switch",
    "off",
    "Caches no prompt of a Sonnet model.",
    CACHING_PAGE,
  ],
  ["DISABLE_PROMPT_CACHING_HAIKU", "caching", ALL, "switch", "off", "Caches no prompt of a Haiku model.", CACHING_PAGE],
  ["FORCE_PROMPT_CACHING_5M", "caching", ALL, "switch", "off", "Keeps cached prompts for five minutes.", ENVIRONMENT],
  [
    "CLAUDE_CODE_PROMPT_CACHE_TTL",
    "caching",
    ALL,
    "ttl",
    "5m",
    "How long prompts stay cached.",
    CACHING_PAGE,
    { since: "2.1.242" },
  ],
  ["ENABLE_PROMPT_CACHING_1H", "caching", ALL, "switch", "off", "Keeps cached prompts for an hour.", ENVIRONMENT],
  [
    "ENABLE_PROMPT_CACHING_1H_BEDROCK",
    "caching",
    ["bedrock"],
    "switch",
    "off",
    "Keeps cached prompts for an hour.",
    ENVIRONMENT,
    { deprecatedSince: "2.1.197", replacedBy: "ENABLE_PROMPT_CACHING_1H" },
  ],
])();

/**
 * The variables that decide where a request of Claude Code goes and what it carries.
 *
 * @example Usage
 * ```ts
 * import { VARIABLES } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * const variable = VARIABLES.find(({ name }) => name === "ANTHROPIC_SMALL_FAST_MODEL");
 * equal(variable?.replacedBy, "ANTHROPIC_DEFAULT_HAIKU_MODEL");
 * ```
 */
export const VARIABLES: readonly Variable[] = /* @__PURE__ */ ROWS.map(
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
