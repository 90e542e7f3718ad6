/** Everything for which a request is refused. */
export type FaultName =
  | "authentication-missing"
  | "authentication-twice"
  | "authorization-malformed"
  | "signature-mismatch"
  | "access-key-unknown"
  | "credentials-expired"
  | "api-key-malformed"
  | "api-key-unknown"
  | "workspace-missing"
  | "workspace-malformed"
  | "workspace-unknown"
  | "route-unknown"
  | "route-not-built"
  | "version-missing"
  | "body-too-large"
  | "body-invalid"
  | "model-unknown"
  | "model-not-served"
  | "model-needs-profile"
  | "profile-unknown"
  | "throttled"
  | "overloaded"
  | "unavailable"
  | "timed-out"
  | "internal";

/** A refusal: what is wrong, in the words that the client is told. */
export interface Fault {
  readonly name: FaultName;
  readonly message: string;
  /** A status other than the one in the table. */
  readonly status?: number;
  /** Headers beside those of every refusal, such as `retry-after`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Facts for the journal: the refusal's code, the canonical request that was expected. Never sent. */
  readonly details?: Readonly<Record<string, string>>;
}

/** Status and `error.type` in the envelope of the Claude API. */
type AnthropicRow = readonly [status: number, type: string];

/**
 * Status and exception of AWS's JSON, and the case of its message key: the
 * layer that authenticates writes `Message`, the service behind it `message`.
 */
type AwsRow = readonly [status: number, exception: string, messageKey: "message" | "Message"];

interface FaultRow {
  readonly anthropic: AnthropicRow;
  readonly aws: AwsRow;
}

const row = (anthropic: AnthropicRow, aws: AwsRow): FaultRow => ({ anthropic, aws });

const UNAUTHENTICATED: AnthropicRow = [401, "authentication_error"];
const BAD_REQUEST: AnthropicRow = [400, "invalid_request_error"];
const INVALID: AwsRow = [400, "ValidationException", "message"];

/**
 * How each refusal is written, by the shape of the service.
 *
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Claude API}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html | Amazon Bedrock API error codes}
 */
export const FAULTS: Readonly<Record<FaultName, FaultRow>> = {
  "authentication-missing": row(UNAUTHENTICATED, [403, "AccessDeniedException", "Message"]),
  "authentication-twice": row(BAD_REQUEST, [403, "AccessDeniedException", "Message"]),
  "authorization-malformed": row(UNAUTHENTICATED, [403, "IncompleteSignatureException", "message"]),
  "signature-mismatch": row(UNAUTHENTICATED, [403, "InvalidSignatureException", "message"]),
  "access-key-unknown": row(UNAUTHENTICATED, [403, "UnrecognizedClientException", "message"]),
  "credentials-expired": row(UNAUTHENTICATED, [403, "ExpiredTokenException", "message"]),
  "api-key-malformed": row(UNAUTHENTICATED, [403, "AccessDeniedException", "Message"]),
  "api-key-unknown": row(UNAUTHENTICATED, [403, "AccessDeniedException", "Message"]),
  "workspace-missing": row(BAD_REQUEST, INVALID),
  "workspace-malformed": row(BAD_REQUEST, INVALID),
  "workspace-unknown": row([404, "not_found_error"], [404, "ResourceNotFoundException", "message"]),
  "route-unknown": row([403, "permission_error"], [404, "UnknownOperationException", "message"]),
  "route-not-built": row([501, "api_error"], [501, "NotImplementedException", "message"]),
  "version-missing": row(BAD_REQUEST, INVALID),
  "body-too-large": row([413, "request_too_large"], [413, "RequestEntityTooLargeException", "message"]),
  "body-invalid": row(BAD_REQUEST, INVALID),
  "model-unknown": row([404, "not_found_error"], INVALID),
  "model-not-served": row(BAD_REQUEST, INVALID),
  "model-needs-profile": row(BAD_REQUEST, INVALID),
  "profile-unknown": row([404, "not_found_error"], [404, "ResourceNotFoundException", "message"]),
  throttled: row([429, "rate_limit_error"], [429, "ThrottlingException", "message"]),
  overloaded: row([529, "overloaded_error"], [529, "ServiceUnavailableException", "message"]),
  unavailable: row([503, "api_error"], [503, "ServiceUnavailableException", "message"]),
  "timed-out": row([504, "timeout_error"], [408, "ModelTimeoutException", "message"]),
  internal: row([500, "api_error"], [500, "InternalServerException", "message"]),
};

/** Makes a {@link Fault}. */
export const fault = (name: FaultName, message: string, more: Omit<Fault, "name" | "message"> = {}): Fault => ({
  name,
  message,
  ...more,
});
