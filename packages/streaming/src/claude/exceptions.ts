/** An exception of Bedrock beside the error of the Messages API that says the same. */
export interface ExceptionRow {
  /** Name as AWS models it; in a stream its first letter is small. */
  readonly awsName: string;
  /** HTTP status it has where the stream has not begun. */
  readonly status: number;
  /** Error type of the Messages API. */
  readonly errorType: string;
}

/**
 * The exceptions that Bedrock models. Of several rows with the same error type the first one is taken on the
 * way from the Messages API to AWS.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ResponseStream.html | ResponseStream}
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors of the Messages API}
 */
export const EXCEPTIONS: readonly ExceptionRow[] = [
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
];

/** The exceptions that a stream may carry; the others only come instead of one. */
export const STREAM_EXCEPTIONS: readonly string[] = [
  "InternalServerException",
  "ModelStreamErrorException",
  "ValidationException",
  "ThrottlingException",
  "ModelTimeoutException",
  "ServiceUnavailableException",
];

/** Status of each error type of the Messages API. Of several types with the same status the first one is taken back. */
export const ERROR_STATUS: readonly (readonly [errorType: string, status: number])[] = [
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
];

/** Status of an error type; 500 where it is not known. */
export function resolveStatus(errorType: string): number {
  // The API answers 529 when it is overloaded; 503 is how AWS says it.
  if (errorType === "overloaded_error") return 529;
  return ERROR_STATUS.find(([type]) => type === errorType)?.[1] ?? 500;
}

/** Error type of a status; `api_error` where it is not known. */
export function resolveErrorType(status: number): string {
  return ERROR_STATUS.find(([, candidate]) => candidate === status)?.[0] ?? "api_error";
}
