import { isObject } from "@claude-on-aws/endpoints";
import type { Header } from "@claude-on-aws/fetch";

/**
 * The exception as which AWS's SDKs show an error, by its type in the Messages API.
 *
 * Source: errors of InvokeModel in Amazon Bedrock's API reference (November 2026).
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  authentication_error: "AccessDeniedException",
  permission_error: "AccessDeniedException",
  invalid_request_error: "ValidationException",
  request_too_large: "ValidationException",
  not_supported: "ValidationException",
  not_found_error: "ResourceNotFoundException",
  billing_error: "ServiceQuotaExceededException",
  rate_limit_error: "ThrottlingException",
  timeout_error: "ModelTimeoutException",
  overloaded_error: "ServiceUnavailableException",
};

/** An error that is not in the table. */
const OTHER = "InternalServerException";

/** An error of the Messages API, as it stands in a body. */
export interface ErrorBody {
  readonly type: "error";
  readonly error: { readonly type: string; readonly message: string };
}

/** What clients of Amazon Bedrock read an error from. */
export interface BedrockError {
  readonly headers: readonly Header[];
  readonly body: ErrorBody & { readonly message: string };
}

/**
 * Writes an error so that AWS's SDKs find its name and its words, which they look for where the Messages API has none; Anthropic's and
 * Claude Code read the same body as before.
 *
 * @param body The error in the form of the Messages API.
 * @returns The error in both forms.
 */
export function inBedrockForm(body: ErrorBody): BedrockError {
  const { type, message } = body.error;
  const exception = Object.hasOwn(EXCEPTIONS, type) ? EXCEPTIONS[type] : undefined;
  return { headers: [["x-amzn-errortype", exception ?? OTHER]], body: { ...body, message } };
}

/**
 * Writes a refusal of `fetch`, which it gives in the form of the Messages API whatever was asked, so that AWS's SDKs find its words.
 *
 * @param bytes The body of the refusal.
 * @returns The headers to add, and the body; what is no such body stays as it is.
 */
export function refusalInBedrockForm(bytes: Uint8Array): {
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
} {
  const said = parse(bytes);
  if (!isErrorBody(said)) return { headers: [], body: bytes };
  const { headers, body } = inBedrockForm(said);
  return { headers, body: new TextEncoder().encode(JSON.stringify(body)) };
}

/**
 * Reads an error in the form of the Messages API.
 *
 * @param bytes A body.
 * @returns Its type and its words; null where it is no such error.
 */
export function readError(bytes: Uint8Array): ErrorBody["error"] | null {
  const said = parse(bytes);
  return isErrorBody(said) ? said.error : null;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isErrorBody(value: unknown): value is ErrorBody {
  if (!isObject(value) || value["type"] !== "error" || !isObject(value["error"])) return false;
  const { type, message } = value["error"];
  return typeof type === "string" && typeof message === "string";
}
