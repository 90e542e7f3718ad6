import { isObject } from "@claude-on-aws/endpoints";
import { ERROR_STATUS, EXCEPTIONS } from "@claude-on-aws/streaming/claude";

/** What an error is read by. */
export interface ReceivedError {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  /** Its body, or the beginning of it. */
  readonly text: string;
}

/** Errors of what stands before every service of AWS: they have no shape in the service's own model. */
const SIGNING_ERRORS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ["ExpiredTokenException", "authentication_error"],
  ["IncompleteSignatureException", "authentication_error"],
  ["InvalidSignatureException", "authentication_error"],
  ["MissingAuthenticationTokenException", "authentication_error"],
  ["UnrecognizedClientException", "authentication_error"],
  ["UnknownOperationException", "not_found_error"],
  ["RequestEntityTooLargeException", "request_too_large"],
]);

/**
 * Writes an error of Amazon Bedrock as the Messages API writes its own. The words are kept to the letter: clients find out by
 * them what to do.
 *
 * @param error What was answered.
 * @returns The body; `undefined` where it is one of the Messages API already, as InvokeModel answers for some models.
 * @see {@link https://platform.claude.com/docs/en/api/errors | Errors}
 */
export function translateError({ status, headers, text }: ReceivedError): string | undefined {
  const body = parse(text);
  if (body["type"] === "error" && isObject(body["error"])) return undefined;
  const name = nameOf(headers.get("x-amzn-errortype") ?? String(body["__type"] ?? ""));
  const type =
    EXCEPTIONS.find(({ awsName }) => awsName === name)?.errorType ??
    SIGNING_ERRORS.get(name) ??
    ERROR_STATUS.find(([, candidate]) => candidate === status)?.[0];
  // AWS writes the key either way, depending on which of its layers speaks.
  const message = [body["message"], body["Message"], text].find((words) => typeof words === "string" && words !== "");
  const error = {
    type: type ?? (status < 500 ? "invalid_request_error" : "api_error"),
    message: message ?? `Amazon Bedrock answered ${status} without words`,
  };
  const requestId = headers.get("x-amzn-requestid");
  return JSON.stringify({ type: "error", error, ...(requestId !== null && { request_id: requestId }) });
}

/** `ValidationException:http://internal.amazon.com/…` and `com.amazon.coral#ValidationException` name the same. */
const nameOf = (text: string): string => text.split(":", 1)[0]?.split("#").at(-1)?.trim() ?? "";

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}
