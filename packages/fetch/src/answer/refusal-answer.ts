import { AuthError, type AuthErrorCode } from "@claude-on-aws/auth";
import { FetchError, type FetchErrorCode } from "../fetch-error.ts";
import type { Refusal } from "../translate/translation.ts";
import type { Answer } from "./answer.ts";
import { sourceOfBytes } from "./body-source.ts";
import { HeaderList } from "./header-list.ts";

/** Names the refusal in an answer that comes from here and not from the service. */
const REFUSAL_HEADER = "x-claude-on-aws-refusal";

/** What is wrong with the request itself, or with what it is sent with: sending it again would not help. */
const STATUSES: Readonly<Record<string, number>> = {
  BODY_MALFORMED: 400,
  BODY_KEY_REPEATED: 400,
  BODY_KEY_MISSPELLED: 400,
  CONFIG_INCOMPLETE: 400,
  PROVIDER_UNSUPPORTED: 400,
  CREDENTIALS_EXPIRED: 401,
  CREDENTIALS_MISSING: 401,
  BODY_TOO_LARGE: 413,
  REDIRECT_REFUSED: 502,
  BODIES_TOO_LARGE: 529,
} satisfies Readonly<Partial<Record<FetchErrorCode | AuthErrorCode, number>>>;

/** How the Messages API calls what it answers with these statuses. */
const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  413: "request_too_large",
  502: "api_error",
  529: "overloaded_error",
};

/**
 * Says how an error is answered, so that the SDK around this `fetch` raises a typed error at once: what `fetch` throws, the SDKs
 * take for a broken connection, and try again.
 *
 * @param error What was thrown.
 * @returns The refusal; `undefined` for what is thrown to the caller, as `fetch` does.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  const isAboutKeys = error instanceof AuthError;
  if (!isAboutKeys && !(error instanceof FetchError)) return undefined;
  const { code, message } = error;
  const status = STATUSES[code] ?? (isAboutKeys ? 401 : undefined);
  return status === undefined ? undefined : { status, type: TYPES[status] ?? "", code, message };
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Answers a request that was not sent, in the form of the Messages API.
 *
 * @param refusal Why it was not.
 * @returns The answer.
 */
export function refusalAnswer({ status, type, code, message }: Refusal): Answer {
  const body = JSON.stringify({ type: "error", error: { type, message } });
  const headers = new HeaderList([
    ["content-type", "application/json"],
    ["x-should-retry", status === 529 ? "true" : "false"],
    [REFUSAL_HEADER, code],
  ]);
  return { status, headers, body: sourceOfBytes(utf8.encode(body)) };
}
