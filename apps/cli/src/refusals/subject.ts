import type { FaultName } from "@claude-on-aws/fake/server";
import type { ProblemCode } from "@claude-on-aws/env";

/** What of a set-up is to blame. */
export type Subject =
  | "key"
  | "credentials"
  | "clock"
  | "workspace"
  | "policy"
  | "model access"
  | "model"
  | "profile"
  | "region"
  | "base URL"
  | "provider"
  | "headers"
  | "account"
  | "service"
  | "network";

/** What each refusal is about. */
export const SUBJECT_OF_REFUSAL: Readonly<Record<FaultName, Subject>> = {
  "authentication-missing": "credentials",
  "authentication-twice": "key",
  "authorization-malformed": "credentials",
  "signature-mismatch": "credentials",
  "access-key-unknown": "credentials",
  "credentials-expired": "credentials",
  "api-key-malformed": "key",
  "api-key-unknown": "key",
  "api-key-expired": "key",
  "workspace-missing": "workspace",
  "workspace-malformed": "workspace",
  "workspace-unknown": "workspace",
  "route-unknown": "base URL",
  "route-not-built": "service",
  "version-missing": "headers",
  "content-type-unsupported": "headers",
  "body-too-large": "service",
  "body-invalid": "service",
  "beta-unknown": "headers",
  "capability-missing": "model",
  "model-unknown": "model",
  "model-not-served": "model",
  "model-needs-profile": "profile",
  "model-access-denied": "model access",
  "access-denied": "policy",
  "profile-unknown": "profile",
  "resource-unknown": "base URL",
  conflict: "service",
  "quota-exceeded": "account",
  "too-many-tags": "service",
  "use-case-missing": "model access",
  billing: "account",
  throttled: "account",
  overloaded: "service",
  unavailable: "service",
  "timed-out": "service",
  "model-error": "service",
  internal: "service",
};

/** What each problem of a configuration is about. */
export const SUBJECT_OF_PROBLEM: Readonly<Record<ProblemCode, Subject>> = {
  WORKSPACE_ID_MISSING: "workspace",
  WORKSPACE_ID_MALFORMED: "workspace",
  REGION_MISSING: "region",
  REGION_DEFAULTED: "region",
  REGION_MALFORMED: "region",
  SWITCH_NOT_TRUTHY: "provider",
  PROVIDER_SHADOWED: "provider",
  PROVIDER_NOT_PLANNED: "provider",
  REQUESTS_GO_TO_FIRST_PARTY: "provider",
  CREDENTIALS_NOT_FOUND: "credentials",
  CREDENTIALS_PARTIAL: "credentials",
  CREDENTIALS_HIDDEN_BY_KEY: "key",
  CREDENTIALS_HIDDEN_BY_PROFILE: "credentials",
  CREDENTIALS_TAKEN_AT_START: "credentials",
  KEY_OF_WRONG_FAMILY: "key",
  KEY_WHITESPACE: "key",
  KEY_IGNORED: "key",
  BOTH_AUTH_HEADERS: "key",
  BASE_URL_MISSING: "base URL",
  BASE_URL_MALFORMED: "base URL",
  BASE_URL_OF_OTHER_PROVIDER: "base URL",
  BASE_URL_HAS_V1: "base URL",
  VARIABLE_DEPRECATED: "provider",
  MODEL_OF_OTHER_PROVIDER: "model",
  MODEL_NEEDS_PROFILE: "profile",
  PROFILE_NOT_LISTED: "profile",
  MODEL_UNKNOWN: "model",
  MODEL_ARN_INVALID: "profile",
  PROFILE_NOT_IN_REGION: "profile",
  AUTHENTICATION_MISSING: "credentials",
  KEY_MALFORMED: "key",
  SESSION_TOKEN_MISSING: "credentials",
  SESSION_TOKEN_UNEXPECTED: "credentials",
  BASE_URL_OF_OTHER_REGION: "region",
  SERVICE_TIER_UNKNOWN: "headers",
  SHELL_OVERRIDDEN: "provider",
  CLIENT_VERSION_UNKNOWN: "provider",
  CUSTOM_HEADER_OVERRIDES_AUTH: "headers",
  CUSTOM_HEADER_MALFORMED: "headers",
  SETTINGS_UNREADABLE: "provider",
  VALUE_FROM_COMMAND: "credentials",
};

/** Problems that the client lives with, and that may be behind a refusal about something. */
export const BEHIND: Readonly<Partial<Record<Subject, readonly ProblemCode[]>>> = {
  key: ["CREDENTIALS_HIDDEN_BY_KEY", "KEY_WHITESPACE", "KEY_OF_WRONG_FAMILY", "CUSTOM_HEADER_OVERRIDES_AUTH"],
  credentials: [
    "CREDENTIALS_HIDDEN_BY_PROFILE",
    "CREDENTIALS_PARTIAL",
    "CREDENTIALS_TAKEN_AT_START",
    "CUSTOM_HEADER_OVERRIDES_AUTH",
  ],
  policy: ["CREDENTIALS_HIDDEN_BY_KEY", "CREDENTIALS_HIDDEN_BY_PROFILE", "CREDENTIALS_TAKEN_AT_START"],
  workspace: ["REGION_DEFAULTED", "REGION_MALFORMED", "SHELL_OVERRIDDEN"],
  region: ["REGION_DEFAULTED", "REGION_MALFORMED"],
  model: ["REGION_DEFAULTED", "REGION_MALFORMED", "PROFILE_NOT_LISTED"],
  profile: ["REGION_DEFAULTED", "REGION_MALFORMED", "PROFILE_NOT_LISTED"],
  "model access": ["REGION_DEFAULTED", "REGION_MALFORMED", "PROFILE_NOT_LISTED"],
  "base URL": ["BASE_URL_HAS_V1", "BASE_URL_OF_OTHER_PROVIDER"],
};
