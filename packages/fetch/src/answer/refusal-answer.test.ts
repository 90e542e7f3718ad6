import { AuthError } from "@claude-on-aws/auth";
import { ERROR_STATUS } from "@claude-on-aws/streaming/claude";
import { expect, test } from "vitest";
import { FetchError, type FetchErrorCode } from "../fetch-error.ts";
import { refusalOf } from "./refusal-answer.ts";

/** The status that each code is answered with; null where it is thrown. */
const STATUSES: Readonly<Record<FetchErrorCode, number | null>> = {
  BODY_MALFORMED: 400,
  BODY_KEY_REPEATED: 400,
  BODY_KEY_MISSPELLED: 400,
  BODY_TOO_LARGE: 413,
  BODIES_TOO_LARGE: 529,
  CREDENTIALS_EXPIRED: 401,
  CREDENTIALS_MISSING: 401,
  CONFIG_INCOMPLETE: 400,
  PROVIDER_UNSUPPORTED: 400,
  // Answered by the dialects, with words of their own.
  PATH_UNKNOWN: null,
  CONNECTION_FAILED: null,
  REDIRECTED: null,
  CONNECT_TIMEOUT: null,
  FIRST_BYTE_TIMEOUT: null,
  STALL_TIMEOUT: null,
  TOTAL_TIMEOUT: null,
  STREAM_TRUNCATED: null,
  STREAM_FAILED: null,
  PROXY_REFUSED: null,
};

/** The type of a status, as the one table has it; a status that it does not have is an `api_error`. */
const typeOf = (status: number | undefined): string =>
  ERROR_STATUS.find(([, each]) => each === status)?.[0] ?? "api_error";

test.each(Object.entries(STATUSES))("refusalOf() answers %s with %j", (code, status) => {
  const refusal = refusalOf(new FetchError(code as FetchErrorCode, "Cannot"));

  expect(refusal?.status ?? null).toBe(status);
  if (refusal !== undefined) expect(refusal).toMatchObject({ code, type: typeOf(refusal.status), message: "Cannot" });
});

test.each([
  ["REDIRECT_REFUSED", 502],
  ["CREDENTIALS_EXPIRED", 401],
  ["CREDENTIALS_NOT_FOUND", 401],
] as const)("refusalOf() answers %s of a signer with %i", (code, status) => {
  const refusal = refusalOf(new AuthError(code, "Cannot"));

  expect(refusal).toMatchObject({ status, type: typeOf(status), code });
});

test("refusalOf() leaves what is no error of these to the caller", () => {
  expect(refusalOf(new TypeError("Cannot"))).toBeUndefined();
});
