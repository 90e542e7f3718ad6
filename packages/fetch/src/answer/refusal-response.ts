import { AuthError } from "@claude-on-aws/auth";
import { FetchError, type FetchErrorCode } from "../fetch-error.ts";
import type { Refusal } from "../translate/translation.ts";

/** Names the refusal in an answer that comes from here and not from the service. */
export const REFUSAL_HEADER = "x-claude-on-aws-refusal";

type Row = readonly [status: number, type: string];

/** What is wrong with the request itself, or with what it is sent with: sending it again would not help. */
const REFUSALS: Readonly<Partial<Record<FetchErrorCode, Row>>> = {
  BODY_MALFORMED: [400, "invalid_request_error"],
  BODY_KEY_REPEATED: [400, "invalid_request_error"],
  BODY_KEY_MISSPELLED: [400, "invalid_request_error"],
  BODY_TOO_LARGE: [413, "request_too_large"],
  BODIES_TOO_LARGE: [529, "overloaded_error"],
  PATH_UNKNOWN: [404, "not_found_error"],
  CREDENTIALS_EXPIRED: [401, "authentication_error"],
  CREDENTIALS_MISSING: [401, "authentication_error"],
  CONFIG_INCOMPLETE: [400, "invalid_request_error"],
  PROVIDER_UNSUPPORTED: [400, "invalid_request_error"],
};

const BAD_GATEWAY = { status: 502, type: "api_error" };

/**
 * Says how an error is answered, so that the SDK around this `fetch` raises a typed error at once: what `fetch` throws, the SDKs
 * take for a broken connection, and try again.
 *
 * @param error What was thrown.
 * @returns The refusal; `undefined` for what is thrown to the caller, as `fetch` does.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof AuthError) {
    if (error.code === "REDIRECT_REFUSED") return { ...BAD_GATEWAY, code: error.code, message: error.message };
    return { status: 401, type: "authentication_error", code: error.code, message: error.message };
  }
  const row = error instanceof FetchError ? REFUSALS[error.code] : undefined;
  if (row === undefined) return undefined;
  const { code, message } = error as FetchError;
  return { status: row[0], type: row[1], code, message };
}

/**
 * Answers a request that was not sent, in the form of the Messages API.
 *
 * @param refusal Why it was not.
 * @returns The answer.
 */
export function refusalResponse({ status, type, code, message }: Refusal): Response {
  const headers = { "x-should-retry": status === 529 ? "true" : "false", [REFUSAL_HEADER]: code };
  return Response.json({ type: "error", error: { type, message } }, { status, headers });
}
