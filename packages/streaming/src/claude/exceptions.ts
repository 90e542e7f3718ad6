/**
 * The exceptions that Bedrock models, each beside the error of the Messages API that says the same. Of several rows with the
 * same error type, the first one is taken on the way from the Messages API to AWS.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html | ResponseStream}
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Messages API}
 */
export const EXCEPTIONS = [
  { awsName: "InternalServerException", status: 500, errorType: "api_error" },
  { awsName: "ModelStreamErrorException", status: 424, errorType: "api_error" },
  { awsName: "ValidationException", status: 400, errorType: "invalid_request_error" },
  { awsName: "ThrottlingException", status: 429, errorType: "rate_limit_error" },
  { awsName: "ModelTimeoutException", status: 408, errorType: "timeout_error" },
  { awsName: "ServiceUnavailableException", status: 503, errorType: "overloaded_error" },
  { awsName: "AccessDeniedException", status: 403, errorType: "permission_error" },
  { awsName: "ResourceNotFoundException", status: 404, errorType: "not_found_error" },
  { awsName: "ModelNotReadyException", status: 429, errorType: "overloaded_error" },
  { awsName: "ModelErrorException", status: 424, errorType: "api_error" },
  { awsName: "ServiceQuotaExceededException", status: 400, errorType: "rate_limit_error" },
  { awsName: "ConflictException", status: 400, errorType: "invalid_request_error" },
] as const;

/** Name of an exception as AWS models it; in a stream its first letter is a small one. */
export type ExceptionName = (typeof EXCEPTIONS)[number]["awsName"];

/** An exception of Bedrock beside the error of the Messages API that says the same. */
export interface ExceptionRow {
  /** Name as AWS models it. */
  readonly awsName: ExceptionName;
  /** HTTP status that it has where the stream has not begun. */
  readonly status: number;
  /** Error type of the Messages API. */
  readonly errorType: ClaudeErrorType;
}

/** The exceptions that a stream may carry; the others only come in place of one. */
const STREAM_EXCEPTIONS = [
  "InternalServerException",
  "ModelStreamErrorException",
  "ValidationException",
  "ThrottlingException",
  "ModelTimeoutException",
  "ServiceUnavailableException",
] as const;

/** Name of an exception that a stream may carry. */
export type StreamExceptionName = (typeof STREAM_EXCEPTIONS)[number];

const isStreamException = (awsName: ExceptionName): awsName is StreamExceptionName =>
  (STREAM_EXCEPTIONS as readonly ExceptionName[]).includes(awsName);

/**
 * Status of each error type of the Messages API. Of several types with the same status, the first one is taken back.
 *
 * @example Usage
 * ```ts
 * import { ERROR_STATUS } from "@claude-on-aws/streaming/claude";
 * import { equal } from "node:assert/strict";
 *
 * equal(ERROR_STATUS.find(([, status]) => status === 429)?.[0], "rate_limit_error");
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Messages API}
 */
export const ERROR_STATUS = [
  ["invalid_request_error", 400],
  ["authentication_error", 401],
  ["billing_error", 402],
  ["permission_error", 403],
  ["not_found_error", 404],
  ["timeout_error", 408],
  ["request_too_large", 413],
  ["rate_limit_error", 429],
  ["api_error", 500],
  ["overloaded_error", 503],
  ["timeout_error", 504],
  ["overloaded_error", 529],
] as const;

/** Error type of the Messages API. */
export type ClaudeErrorType = (typeof ERROR_STATUS)[number][0];

/**
 * Finds the status of an error type.
 *
 * @param errorType The type.
 * @returns Its HTTP status; 500 where it is not known.
 */
export function resolveStatus(errorType: string): number {
  // The API answers 529 when it is overloaded; 503 is how AWS says it.
  if (errorType === "overloaded_error") return 529;
  return ERROR_STATUS.find(([type]) => type === errorType)?.[1] ?? 500;
}

/**
 * Finds the error type of a status.
 *
 * @param status An HTTP status.
 * @returns Its type; `api_error` where it is not known.
 */
export function resolveErrorType(status: number): ClaudeErrorType {
  return ERROR_STATUS.find(([, candidate]) => candidate === status)?.[0] ?? "api_error";
}

/**
 * Finds the exception by which Bedrock's stream would express an error type.
 *
 * @param errorType The type.
 * @returns Its name; `ModelStreamErrorException` where a stream knows none for it.
 */
export function resolveStreamException(errorType: string): StreamExceptionName {
  const awsName = EXCEPTIONS.find((row) => row.errorType === errorType)?.awsName;
  return awsName !== undefined && isStreamException(awsName) ? awsName : "ModelStreamErrorException";
}
