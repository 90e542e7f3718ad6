import type { ProblemCode } from "../../../packages/env/src/problem.ts";

const CLAUDE_PLATFORM = "https://code.claude.com/docs/en/claude-platform-on-aws";
const BEDROCK = "https://code.claude.com/docs/en/amazon-bedrock";
const VARIABLES = "https://code.claude.com/docs/en/env-vars";
const SETTINGS = "https://code.claude.com/docs/en/settings";
const CREDENTIALS = "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html";
const TEMPORARY_CREDENTIALS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html";
const PROFILES = "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html";
const OBSERVED = "observed in Claude Code 2.1.329";

/** Where each problem is known from. */
export const PROBLEM_SOURCES: Readonly<Record<ProblemCode, string>> = {
  WORKSPACE_ID_MISSING: CLAUDE_PLATFORM,
  WORKSPACE_ID_MALFORMED: "https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws",
  REGION_MISSING: BEDROCK,
  REGION_DEFAULTED: BEDROCK,
  REGION_MALFORMED: OBSERVED,
  SWITCH_NOT_TRUTHY: CLAUDE_PLATFORM,
  PROVIDER_SHADOWED: CLAUDE_PLATFORM,
  PROVIDER_NOT_PLANNED: VARIABLES,
  REQUESTS_GO_TO_FIRST_PARTY: CLAUDE_PLATFORM,
  CREDENTIALS_NOT_FOUND: CREDENTIALS,
  CREDENTIALS_PARTIAL: CREDENTIALS,
  CREDENTIALS_HIDDEN_BY_KEY: CLAUDE_PLATFORM,
  CREDENTIALS_HIDDEN_BY_PROFILE: OBSERVED,
  CREDENTIALS_TAKEN_AT_START: "observed in Claude Code 2.1.332",
  KEY_OF_WRONG_FAMILY: CLAUDE_PLATFORM,
  KEY_WHITESPACE: OBSERVED,
  KEY_IGNORED: OBSERVED,
  BOTH_AUTH_HEADERS: "https://github.com/ding113/claude-code-hub/pull/1197",
  BASE_URL_MISSING: VARIABLES,
  BASE_URL_MALFORMED: OBSERVED,
  BASE_URL_OF_OTHER_PROVIDER: CLAUDE_PLATFORM,
  BASE_URL_HAS_V1: "observed in Claude Code 2.1.332",
  VARIABLE_DEPRECATED: VARIABLES,
  MODEL_OF_OTHER_PROVIDER: CLAUDE_PLATFORM,
  MODEL_NEEDS_PROFILE: PROFILES,
  PROFILE_NOT_LISTED: BEDROCK,
  MODEL_UNKNOWN: "https://platform.claude.com/docs/en/about-claude/models/overview",
  MODEL_ARN_INVALID: "https://github.com/earendil-works/pi/pull/5527",
  PROFILE_NOT_IN_REGION: PROFILES,
  AUTHENTICATION_MISSING: CLAUDE_PLATFORM,
  KEY_MALFORMED: "https://github.com/BerriAI/litellm/issues/37905",
  SESSION_TOKEN_MISSING: TEMPORARY_CREDENTIALS,
  SESSION_TOKEN_UNEXPECTED: TEMPORARY_CREDENTIALS,
  BASE_URL_OF_OTHER_REGION: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
  SERVICE_TIER_UNKNOWN: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
  SHELL_OVERRIDDEN: SETTINGS,
  CLIENT_VERSION_UNKNOWN: "the releases that the tables of `@claude-on-aws/env` were compared with",
  CUSTOM_HEADER_OVERRIDES_AUTH: VARIABLES,
  CUSTOM_HEADER_MALFORMED: OBSERVED,
  SETTINGS_UNREADABLE: "observed in Claude Code 2.1.329 and 2.1.332",
  VALUE_FROM_COMMAND: SETTINGS,
};
