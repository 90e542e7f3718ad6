import { API_VERSIONS } from "./api-versions.ts";
import type { FaultDetails } from "./fault-details.ts";

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
  | "api-key-expired"
  | "workspace-missing"
  | "workspace-malformed"
  | "workspace-unknown"
  | "route-unknown"
  | "route-not-built"
  | "version-missing"
  | "content-type-unsupported"
  | "body-too-large"
  | "body-invalid"
  | "beta-unknown"
  | "capability-missing"
  | "model-unknown"
  | "model-not-served"
  | "model-needs-profile"
  | "model-access-denied"
  | "access-denied"
  | "profile-unknown"
  | "resource-unknown"
  | "conflict"
  | "quota-exceeded"
  | "too-many-tags"
  | "use-case-missing"
  | "billing"
  | "throttled"
  | "overloaded"
  | "unavailable"
  | "timed-out"
  | "model-error"
  | "internal";

/** A refusal: what is wrong, in the words that the client is told. */
export interface Fault {
  /** What it is, among the things that a request is answered with. */
  readonly kind: "fault";
  readonly name: FaultName;
  readonly message: string;
  /** A status other than the one in the table. */
  readonly status?: number;
  /** An `error.type` of the Claude API other than the one in the table. */
  readonly errorType?: string;
  /** The envelope of the Claude API where the service would write AWS's JSON: it passes on what the model says. */
  readonly envelope?: "anthropic";
  /** `error.details` of the Claude API. */
  readonly errorDetails?: Readonly<Record<string, string>>;
  /** A way out other than the one in the table. */
  readonly fix?: string;
  /** Headers in addition to those of every refusal, such as `retry-after`. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** For the journal: the code of the refusal, the canonical request that was expected. Never sent. */
  readonly details?: FaultDetails;
}

/** Status and `error.type` in the envelope of the Claude API. */
type AnthropicRow = readonly [status: number, type: string];

/**
 * Status and exception of AWS's JSON, and the case of its message key: the
 * layer that authenticates writes `Message`, the service after it `message`.
 */
type AwsRow = readonly [status: number, exception: string, messageKey: "message" | "Message"];

interface FaultRow {
  readonly anthropic: AnthropicRow;
  readonly aws: AwsRow;
  /** The way out in one line; absent where the client did nothing wrong. */
  readonly fix?: string;
}

const row = (anthropic: AnthropicRow, aws: AwsRow, fix?: string): FaultRow => ({
  anthropic,
  aws,
  ...(fix === undefined ? {} : { fix }),
});

const UNAUTHENTICATED: AnthropicRow = [401, "authentication_error"];
const BAD_REQUEST: AnthropicRow = [400, "invalid_request_error"];
const INVALID: AwsRow = [400, "ValidationException", "message"];

/**
 * How each refusal is written, by the shape of the service.
 *
 * @example What an expired session is answered with
 * ```ts
 * import { FAULTS } from "@claude-on-aws/fake";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(FAULTS["credentials-expired"].aws, [403, "ExpiredTokenException", "message"]);
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Claude API}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html | Amazon Bedrock API error codes}
 * @see {@link https://github.com/Tracer-Cloud/opensre/pull/1811 | Amazon Bedrock without a valid means of payment}
 */
export const FAULTS: Readonly<Record<FaultName, FaultRow>> = {
  "authentication-missing": row(
    UNAUTHENTICATED,
    [403, "AccessDeniedException", "Message"],
    "Sign the request or send an API key; see that no proxy or redirect drops the header.",
  ),
  "authentication-twice": row(
    BAD_REQUEST,
    [403, "AccessDeniedException", "Message"],
    "Send either authorization or x-api-key: unset one of the two credentials.",
  ),
  "authorization-malformed": row(
    UNAUTHENTICATED,
    [403, "IncompleteSignatureException", "message"],
    "Send Authorization once, as Signature Version 4 writes it, with x-amz-date.",
  ),
  "signature-mismatch": row(
    UNAUTHENTICATED,
    [403, "InvalidSignatureException", "message"],
    "Check the secret access key, then compare the canonical request in the exchange with the client's.",
  ),
  "access-key-unknown": row(
    UNAUTHENTICATED,
    [403, "UnrecognizedClientException", "message"],
    "Use credentials that the fake knows: its credentials option, or AKIDEXAMPLE.",
  ),
  "credentials-expired": row(
    UNAUTHENTICATED,
    [403, "ExpiredTokenException", "message"],
    "Get fresh credentials before signing.",
  ),
  "api-key-malformed": row(
    UNAUTHENTICATED,
    [403, "AccessDeniedException", "Message"],
    "Use a key of this service: AEAA or aws-external-anthropic-api-key- for Claude Platform on AWS, ABSK or bedrock-api-key- for Bedrock.",
  ),
  "api-key-unknown": row(
    UNAUTHENTICATED,
    [403, "AccessDeniedException", "Message"],
    "Use a key that is valid in this region and that the apiKeys option of the fake names, where it is set.",
  ),
  "api-key-expired": row(
    UNAUTHENTICATED,
    [403, "AccessDeniedException", "Message"],
    "Generate a new key: a short-term key ends after twelve hours, or with the credentials that made it.",
  ),
  "workspace-missing": row(BAD_REQUEST, INVALID, "Send anthropic-workspace-id with every request."),
  "workspace-malformed": row(BAD_REQUEST, INVALID, "Send one ID of the form wrkspc_ and letters or digits."),
  "workspace-unknown": row(
    [404, "not_found_error"],
    [404, "ResourceNotFoundException", "message"],
    "Name a workspace that exists, and call the endpoint of the region in which it is.",
  ),
  "route-unknown": row(
    [403, "permission_error"],
    [404, "UnknownOperationException", "message"],
    "Check the path: the base URL may have a prefix too many, or a slash in an ARN is not written as %2F.",
  ),
  "route-not-built": row([501, "api_error"], [501, "NotImplementedException", "message"]),
  "version-missing": row(BAD_REQUEST, INVALID, `Send anthropic-version: ${API_VERSIONS.join(" or ")}.`),
  "content-type-unsupported": row(BAD_REQUEST, INVALID, "Send content-type: application/json, once."),
  "body-too-large": row([413, "request_too_large"], [413, "RequestEntityTooLargeException", "message"], "Send less."),
  "body-invalid": row(BAD_REQUEST, INVALID, "Correct the field that the message names."),
  "beta-unknown": row(BAD_REQUEST, INVALID, "Take out the beta flags that the service does not know."),
  "capability-missing": row(
    BAD_REQUEST,
    INVALID,
    "Leave out what the message names, or ask a model that takes it: MODEL_CAPABILITIES of @claude-on-aws/models has both.",
  ),
  "model-unknown": row(
    [404, "not_found_error"],
    INVALID,
    "Use an ID of this provider, with a prefix that the region has; claude-on-aws models prints them.",
  ),
  "model-not-served": row(
    BAD_REQUEST,
    INVALID,
    "Use an ID such as anthropic.claude-opus-5, without geography and version.",
  ),
  "model-needs-profile": row(BAD_REQUEST, INVALID, "Put a geography before the ID, such as us. or global."),
  "model-access-denied": row(
    [403, "permission_error"],
    [403, "AccessDeniedException", "message"],
    "Ask for access to the model in this account, or use another; the deniedModels option of the fake names it.",
  ),
  "access-denied": row(
    [403, "permission_error"],
    [403, "AccessDeniedException", "Message"],
    "Allow the action on the resource in a policy of the principal; the details name the statement that decided. Of a role, see that it is in the account that the accountId option of the fake names.",
  ),
  "profile-unknown": row(
    [404, "not_found_error"],
    [404, "ResourceNotFoundException", "message"],
    "Name an inference profile of this region and account.",
  ),
  "resource-unknown": row(
    [404, "not_found_error"],
    [404, "ResourceNotFoundException", "message"],
    "Name something that exists, in the workspace in which it was made.",
  ),
  conflict: row([409, "conflict_error"], [400, "ConflictException", "message"], "Choose another name."),
  "quota-exceeded": row(
    [429, "rate_limit_error"],
    [400, "ServiceQuotaExceededException", "message"],
    "Delete what is no longer needed, or raise the maxResources option of the fake.",
  ),
  "too-many-tags": row(BAD_REQUEST, [400, "TooManyTagsException", "message"], "Send at most 50 tags."),
  "use-case-missing": row(
    [404, "not_found_error"],
    [404, "ResourceNotFoundException", "message"],
    "Submit the use case with PutUseCaseForModelAccess; the useCaseForm option of the fake says that it is missing.",
  ),
  billing: row([402, "billing_error"], [403, "AccessDeniedException", "message"]),
  throttled: row([429, "rate_limit_error"], [429, "ThrottlingException", "message"]),
  overloaded: row([529, "overloaded_error"], [503, "ServiceUnavailableException", "message"]),
  unavailable: row([503, "api_error"], [503, "ServiceUnavailableException", "message"]),
  "timed-out": row([504, "timeout_error"], [408, "ModelTimeoutException", "message"]),
  "model-error": row([500, "api_error"], [424, "ModelErrorException", "message"]),
  internal: row([500, "api_error"], [500, "InternalServerException", "message"]),
};

/**
 * Makes a {@link Fault}.
 *
 * @returns The fault; what the table says of its name is not repeated in it.
 */
export const fault = (
  name: FaultName,
  message: string,
  more: Omit<Fault, "kind" | "name" | "message"> = {},
): Fault => ({
  kind: "fault",
  name,
  message,
  ...more,
});

/**
 * Tells whether something is answered with a refusal.
 *
 * @returns `true` for a {@link Fault}.
 */
export const isFault = (answer: object): answer is Fault => "kind" in answer && answer.kind === "fault";
