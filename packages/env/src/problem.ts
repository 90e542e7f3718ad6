/** What a {@link Problem} is about. The codes are stable. */
export type ProblemCode =
  | "WORKSPACE_ID_MISSING"
  | "WORKSPACE_ID_MALFORMED"
  | "REGION_MISSING"
  | "REGION_DEFAULTED"
  | "REGION_MALFORMED"
  | "SWITCH_NOT_TRUTHY"
  | "PROVIDER_SHADOWED"
  | "PROVIDER_NOT_PLANNED"
  | "REQUESTS_GO_TO_FIRST_PARTY"
  | "CREDENTIALS_NOT_FOUND"
  | "CREDENTIALS_PARTIAL"
  | "CREDENTIALS_HIDDEN_BY_KEY"
  | "CREDENTIALS_HIDDEN_BY_PROFILE"
  | "CREDENTIALS_TAKEN_AT_START"
  | "KEY_OF_WRONG_FAMILY"
  | "KEY_WHITESPACE"
  | "KEY_IGNORED"
  | "BOTH_AUTH_HEADERS"
  | "BASE_URL_MISSING"
  | "BASE_URL_MALFORMED"
  | "BASE_URL_OF_OTHER_PROVIDER"
  | "BASE_URL_HAS_V1"
  | "VARIABLE_DEPRECATED"
  | "MODEL_OF_OTHER_PROVIDER"
  | "MODEL_NEEDS_PROFILE"
  | "PROFILE_NOT_LISTED"
  | "MODEL_UNKNOWN"
  | "MODEL_ARN_INVALID"
  | "PROFILE_NOT_IN_REGION"
  | "AUTHENTICATION_MISSING"
  | "KEY_MALFORMED"
  | "SESSION_TOKEN_MISSING"
  | "SESSION_TOKEN_UNEXPECTED"
  | "BASE_URL_OF_OTHER_REGION"
  | "SERVICE_TIER_UNKNOWN"
  | "SHELL_OVERRIDDEN"
  | "CLIENT_VERSION_UNKNOWN"
  | "CUSTOM_HEADER_OVERRIDES_AUTH"
  | "CUSTOM_HEADER_MALFORMED"
  | "SETTINGS_UNREADABLE"
  | "VALUE_FROM_COMMAND";

/** Something that the owner of a configuration should know. With an `error`, nothing is sent. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: "error" | "warning";
  /** What was found, without any secret. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** How the service answers the request, where the client sends it all the same and the service refuses it. */
  readonly refusal?: {
    readonly status: number;
    /** The `error.type` of the Claude API, or the exception of AWS. */
    readonly type: string;
  };
}
