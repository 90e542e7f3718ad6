import { isObject } from "@claude-on-aws/endpoints";
import type { CredentialRefusal } from "../credential-source.ts";

/**
 * Reads from an answer whether it is the credentials that the service refuses.
 *
 * A permission that is denied is not: fresh credentials have the same.
 *
 * @param status Status of the answer.
 * @param errorType Value of `x-amzn-errortype`, where it was sent.
 * @param body The answer's body as text.
 * @returns `undefined` where the answer is about something else.
 */
export function classifyRefusal(
  status: number,
  errorType: string | undefined,
  body: string,
): CredentialRefusal | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const { type, message } = parseError(errorType, body);
  if (/AccessDenied/.test(type) || /not authorized to perform/i.test(message)) return undefined;
  const isAboutToken = /\btoken\b/i.test(message);
  if (/ExpiredToken/.test(type) || (isAboutToken && /expired/i.test(message))) return "expired";
  if (status === 401) return type === "authentication_error" && isAboutToken ? "expired" : undefined;
  const isAboutCredentials = isAboutToken || /\bcredentials?\b|access key/i.test(message);
  return /UnrecognizedClient|InvalidClientTokenId|InvalidToken/.test(type) || isAboutCredentials
    ? "invalid"
    : undefined;
}

/** Both envelopes: that of the Claude API, and AWS's own. */
function parseError(errorType: string | undefined, body: string): { readonly type: string; readonly message: string } {
  let value: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(body);
    if (isObject(parsed)) value = parsed;
  } catch {
    return { type: errorType ?? "", message: body };
  }
  const inner = isObject(value["error"]) ? value["error"] : value;
  const text = (...candidates: unknown[]): string =>
    (candidates.find((each) => typeof each === "string") as string) ?? "";
  return {
    type: errorType ?? text(value["__type"], inner["code"], inner["type"]),
    message: text(inner["message"], inner["Message"]),
  };
}
