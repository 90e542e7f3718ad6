import type { OwnRefusal } from "../terms/own-refusal.ts";

/** Why the gateway refuses by itself. */
export type OwnRefusalCode =
  | "AUTHENTICATION_MISSING"
  | "AUTHENTICATION_INVALID"
  | "TOKEN_EXPIRED"
  | "TOKEN_REVOKED"
  | "CLIENT_SIGNED"
  | "REQUEST_AMBIGUOUS"
  | "HEAD_UNREADABLE"
  | "MODEL_NOT_ALLOWED"
  | "UPSTREAM_NOT_ALLOWED"
  | "ORIGIN_FOREIGN"
  | "HOST_FOREIGN"
  | "ROUTE_UNKNOWN"
  | "METHOD_UNKNOWN"
  | "BODY_TOO_LARGE"
  | "NOT_SUPPORTED"
  | "BUDGET_SPENT"
  | "RATE_LIMITED"
  | "TOO_MANY_AT_ONCE"
  | "BODY_INCOMPLETE"
  | "NO_ROOM"
  | "CALLERS_UNREADABLE"
  | "UPSTREAM_UNREACHABLE"
  | "ANSWER_BROKEN"
  | "BUDGET_STORE_UNREACHABLE"
  | "AUDIT_UNWRITABLE"
  | "CLOSING"
  | "FAILED";

/** A row of {@link OWN_REFUSALS}. */
type Row = Pick<OwnRefusal, "status" | "type" | "shouldRetry">;

/**
 * What the gateway refuses by itself, in the shapes that Claude Code's documents ask of a gateway.
 *
 * Source: `GET /protocol` of the Claude apps gateway 2.1.332 (November 2026): 401 and 501 with `x-should-retry: false`, since
 * the client otherwise tries a 401 again for minutes; an own cap 429 `billing_error`; a throttle 429 with `retry-after`.
 */
export const OWN_REFUSALS: Readonly<Record<OwnRefusalCode, Row>> = {
  AUTHENTICATION_MISSING: { status: 401, type: "authentication_error", shouldRetry: false },
  AUTHENTICATION_INVALID: { status: 401, type: "authentication_error", shouldRetry: false },
  TOKEN_EXPIRED: { status: 401, type: "authentication_error", shouldRetry: false },
  TOKEN_REVOKED: { status: 401, type: "authentication_error", shouldRetry: false },
  CLIENT_SIGNED: { status: 401, type: "authentication_error", shouldRetry: false },
  REQUEST_AMBIGUOUS: { status: 400, type: "invalid_request_error", shouldRetry: false },
  // In the audit alone: `listen` answers what is no head, with 400, 408, 431 or a status as near.
  HEAD_UNREADABLE: { status: 400, type: "invalid_request_error", shouldRetry: false },
  MODEL_NOT_ALLOWED: { status: 403, type: "permission_error", shouldRetry: false },
  UPSTREAM_NOT_ALLOWED: { status: 403, type: "permission_error", shouldRetry: false },
  ORIGIN_FOREIGN: { status: 403, type: "permission_error", shouldRetry: false },
  HOST_FOREIGN: { status: 421, type: "invalid_request_error", shouldRetry: false },
  ROUTE_UNKNOWN: { status: 404, type: "not_found_error", shouldRetry: false },
  METHOD_UNKNOWN: { status: 405, type: "invalid_request_error", shouldRetry: false },
  BODY_TOO_LARGE: { status: 413, type: "request_too_large", shouldRetry: false },
  NOT_SUPPORTED: { status: 501, type: "not_supported", shouldRetry: false },
  BUDGET_SPENT: { status: 429, type: "billing_error", shouldRetry: false },
  RATE_LIMITED: { status: 429, type: "rate_limit_error", shouldRetry: true },
  TOO_MANY_AT_ONCE: { status: 429, type: "rate_limit_error", shouldRetry: true },
  BODY_INCOMPLETE: { status: 408, type: "timeout_error", shouldRetry: true },
  NO_ROOM: { status: 503, type: "overloaded_error", shouldRetry: true },
  ANSWER_BROKEN: { status: 502, type: "api_error", shouldRetry: true },
  CALLERS_UNREADABLE: { status: 503, type: "api_error", shouldRetry: true },
  UPSTREAM_UNREACHABLE: { status: 502, type: "api_error", shouldRetry: true },
  BUDGET_STORE_UNREACHABLE: { status: 503, type: "api_error", shouldRetry: true },
  AUDIT_UNWRITABLE: { status: 503, type: "api_error", shouldRetry: true },
  CLOSING: { status: 503, type: "overloaded_error", shouldRetry: true },
  FAILED: { status: 500, type: "api_error", shouldRetry: true },
};

/**
 * Makes a refusal of the table.
 *
 * @param code Why.
 * @param message What could not be done, what was found, what was expected, the way out; without secrets.
 * @param headers Further headers, such as `retry-after`.
 * @returns The refusal.
 */
export function refuse(
  code: OwnRefusalCode,
  message: string,
  headers: NonNullable<OwnRefusal["headers"]> = [],
): OwnRefusal {
  return { code, message, headers, ...OWN_REFUSALS[code] };
}
