import type { ProblemCode } from "../../../packages/env/src/problem.ts";
import type { PROBLEM_TEXTS, ProblemName } from "../../../packages/env/src/problem-texts.ts";
import type { CauseAndFix } from "./explanation.ts";

/** Codes that have their words in the tables of the configuration. */
type WordedCode = (typeof PROBLEM_TEXTS)[ProblemName][0];

/** Why there is a problem that is worded where it is found, since its words depend on the request. */
export const FORESEEN_PROBLEMS: Readonly<Record<Exclude<ProblemCode, WordedCode>, CauseAndFix>> = {
  AUTHENTICATION_MISSING: {
    cause:
      "The client was told not to authenticate, as behind a gateway that signs, and its requests go to AWS itself.",
    fix: "Unset `CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH` (or its Bedrock and Mantle counterpart), or set the base URL of the gateway.",
  },
  KEY_MALFORMED: {
    cause:
      "What is given as a key is not a key of this service: its beginning is not known, or it has a space or a stray character in it.",
    fix: "Copy the key again as one line, or unset it to sign with AWS credentials.",
  },
  SESSION_TOKEN_MISSING: {
    cause: "A temporary access key (`ASIA…`) has no session token beside it.",
    fix: "Set `AWS_SESSION_TOKEN` too, or write `aws_session_token` into the profile.",
  },
  SESSION_TOKEN_UNEXPECTED: {
    cause: "A long-lived access key (`AKIA…`) has a session token beside it, left over from other credentials.",
    fix: "Unset `AWS_SESSION_TOKEN`, or remove `aws_session_token` from the profile.",
  },
  BASE_URL_OF_OTHER_REGION: {
    cause: "The base URL is a host of one region, and requests are signed for another.",
    fix: "Set `AWS_REGION` to the region of the host, or leave the base URL out.",
  },
  SERVICE_TIER_UNKNOWN: {
    cause: "`ANTHROPIC_BEDROCK_SERVICE_TIER` names no tier of Amazon Bedrock.",
    fix: "Set it to `priority`, `default`, `flex` or `reserved`, or unset it.",
  },
  MODEL_OF_OTHER_PROVIDER: {
    cause: "The model is written as another service calls it, and the client sends the ID as it is.",
    fix: "Use the ID of this service (`claude-on-aws models` prints it), or an alias such as `opus`.",
  },
  MODEL_UNKNOWN: {
    cause: "No model of this ID is known on this service: a typing error, a suffix too many, or a newer one.",
    fix: "Use the ID that is suggested, or update claude-on-aws if the model is newer than it.",
  },
  MODEL_ARN_INVALID: {
    cause: "The ARN is not one of Bedrock's, or is of another partition or region than the requests.",
    fix: "Copy it from `aws bedrock list-inference-profiles`, or set `AWS_REGION` to its region.",
  },
  MODEL_NEEDS_PROFILE: {
    cause: "Bedrock serves the model through an inference profile alone, and the bare model is named.",
    fix: "Pin the ID of a profile, such as one that begins with `us.` or `global.`, or its ARN.",
  },
  PROFILE_NOT_IN_REGION: {
    cause:
      "The inference profile does not exist in this region: it is one of another geography, or this geography does not have the model.",
    fix: "Use a profile of this region's geography or a `global.` one, or set `AWS_REGION` to a region that has it.",
  },
  PROFILE_NOT_LISTED: {
    cause:
      "The account does not list the inference profile in this region: access is missing, or it does not exist there.",
    fix: "Ask for access to the model, set `ANTHROPIC_BEDROCK_REGION_PREFIX`, or pin a profile that is listed.",
  },
};

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
