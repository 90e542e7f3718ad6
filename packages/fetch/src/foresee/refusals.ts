import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { Problem, ProblemCode } from "@claude-on-aws/env";

/** Problems for which a service refuses a request. */
export type RefusedCode = Extract<
  ProblemCode,
  | "BOTH_AUTH_HEADERS"
  | "AUTHENTICATION_MISSING"
  | "KEY_OF_WRONG_FAMILY"
  | "KEY_MALFORMED"
  | "SESSION_TOKEN_MISSING"
  | "SESSION_TOKEN_UNEXPECTED"
  | "BASE_URL_OF_OTHER_REGION"
  | "BASE_URL_HAS_V1"
  | "WORKSPACE_ID_MISSING"
  | "WORKSPACE_ID_MALFORMED"
  | "SERVICE_TIER_UNKNOWN"
  | "MODEL_ARN_INVALID"
  | "MODEL_OF_OTHER_PROVIDER"
  | "MODEL_UNKNOWN"
  | "PROFILE_NOT_IN_REGION"
  | "MODEL_NEEDS_PROFILE"
>;

/** How a service refuses a request. */
export type Refusal = NonNullable<Problem["refusal"]>;

type Row = readonly [status: number, type: string];

const UNAUTHENTICATED: Row = [401, "authentication_error"];
const BAD_REQUEST: Row = [400, "invalid_request_error"];
const NOT_FOUND: Row = [404, "not_found_error"];
const FORBIDDEN: Row = [403, "permission_error"];
const DENIED: Row = [403, "AccessDeniedException"];
const INVALID: Row = [400, "ValidationException"];

const OF_MODEL: Readonly<Partial<Record<AwsProvider, Row>>> = {
  "anthropic-aws": NOT_FOUND,
  bedrock: INVALID,
  mantle: NOT_FOUND,
};
/** Inference profiles and ARNs of models are of Amazon Bedrock alone. */
const OF_PROFILE: Readonly<Partial<Record<AwsProvider, Row>>> = { bedrock: INVALID };
const OF_KEY: Readonly<Partial<Record<AwsProvider, Row>>> = {
  "anthropic-aws": UNAUTHENTICATED,
  bedrock: DENIED,
  mantle: UNAUTHENTICATED,
};
const OF_CREDENTIALS: Readonly<Partial<Record<AwsProvider, Row>>> = {
  "anthropic-aws": UNAUTHENTICATED,
  bedrock: [403, "UnrecognizedClientException"],
  mantle: UNAUTHENTICATED,
};

/**
 * How each service refuses what a configuration can get wrong; a service without an entry does not.
 *
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Claude API}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html | Amazon Bedrock API error codes}
 */
export const REFUSALS: Readonly<Record<RefusedCode, Readonly<Partial<Record<AwsProvider, Row>>>>> =
  /* @__PURE__ */ (() => ({
    BOTH_AUTH_HEADERS: { "anthropic-aws": BAD_REQUEST, mantle: BAD_REQUEST },
    AUTHENTICATION_MISSING: OF_KEY,
    KEY_OF_WRONG_FAMILY: OF_KEY,
    KEY_MALFORMED: OF_KEY,
    SESSION_TOKEN_MISSING: OF_CREDENTIALS,
    SESSION_TOKEN_UNEXPECTED: OF_CREDENTIALS,
    BASE_URL_OF_OTHER_REGION: { ...OF_CREDENTIALS, bedrock: [403, "InvalidSignatureException"] },
    BASE_URL_HAS_V1: { "anthropic-aws": FORBIDDEN },
    WORKSPACE_ID_MISSING: { "anthropic-aws": BAD_REQUEST },
    WORKSPACE_ID_MALFORMED: { "anthropic-aws": BAD_REQUEST },
    SERVICE_TIER_UNKNOWN: { bedrock: INVALID },
    MODEL_ARN_INVALID: OF_PROFILE,
    MODEL_OF_OTHER_PROVIDER: OF_MODEL,
    MODEL_UNKNOWN: OF_MODEL,
    PROFILE_NOT_IN_REGION: OF_PROFILE,
    MODEL_NEEDS_PROFILE: OF_PROFILE,
  }))();

/**
 * Says how a service refuses a request with a problem.
 *
 * @param code The problem.
 * @param provider Whose service it is.
 * @returns Status and type; `undefined` where this service does not refuse it.
 */
export function refusalOf(code: RefusedCode, provider: AwsProvider): Refusal | undefined {
  const row = REFUSALS[code][provider];
  return row === undefined ? undefined : { status: row[0], type: row[1] };
}
