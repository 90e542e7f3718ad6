import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Evidence } from "../evidence/evidence.ts";

/** How long after an answer, and after the wait that it asked for, the same request still counts as a retry. */
const RETRY_WINDOW_MS = 60_000;

/** Clients that count their attempts elsewhere and always send 0. */
const COUNTS_NOTHING = /^claude-(?:cli|code)\//;

/** The ID that the AWS SDKs give all attempts of one call; `undefined` where there is none. */
export const invocationId = ({ request }: Evidence): string | undefined =>
  headerValue(request.headers, "amz-sdk-invocation-id");

/**
 * Reads how many retries a client counted by itself.
 *
 * @returns `undefined` where it counts nothing.
 */
export function retryCount({ request: { headers }, client }: Evidence): number | undefined {
  const attempt = /(?:^|[ ;])attempt=(\d{1,6})/.exec(headerValue(headers, "amz-sdk-request") ?? "")?.[1];
  if (attempt !== undefined) return Number(attempt) - 1;
  const count = headerValue(headers, "x-stainless-retry-count");
  if (count === undefined || !/^\d{1,6}$/.test(count) || COUNTS_NOTHING.test(client)) return undefined;
  return Number(count);
}

/** Whether the answer was about the caller, so that a retry may well come with other credentials. */
export const isAboutCaller = ({ reply }: Evidence): boolean => reply.status === 401 || reply.status === 403;

/** Whether two requests claim to come from the same caller, with the same credentials. */
export const hasSameCaller = (a: Evidence, b: Evidence): boolean => a.fingerprints.caller === b.fingerprints.caller;

/** Attempts between which more time goes by are no burst. */
export const BURST_GAP_MS = 100;

/**
 * Whether nothing tells a retry from another call of the same: what a program asks at the same time may come close together, or
 * before the first is answered.
 */
export function mayBeOtherCall(later: Evidence, earlier: Evidence): boolean {
  if (invocationId(later) !== undefined || retryCount(later) !== undefined) return false;
  const passedMs = Date.parse(later.time) - Date.parse(earlier.time);
  return passedMs < BURST_GAP_MS || passedMs < (earlier.end?.lastByteMs ?? 0);
}

/** Headers by which a proxy says that a request went through it. */
const PROXY_HEADERS = ["via", "forwarded", "x-forwarded-for"];

/** Whether a proxy may have sent a request again: it went through one, and no attempt was counted and none signed since. */
export function mayBeOfProxy(later: Evidence, earlier: Evidence): boolean {
  const header = ({ request }: Evidence, name: string): string | undefined => headerValue(request.headers, name);
  return (
    PROXY_HEADERS.some((name) => header(later, name) !== undefined) &&
    retryCount(later) === retryCount(earlier) &&
    header(later, "x-amz-date") === header(earlier, "x-amz-date")
  );
}

/**
 * Compares two bodies, as far as they were kept.
 *
 * @returns `true` where they are the same.
 */
export const hasSameBody = (a: Evidence, b: Evidence): boolean => bodyKey(a) === bodyKey(b);

/** What two bodies have in common that are the same, as far as they were kept. */
export const bodyKey = ({ body: { bytes, sha256 } }: Evidence): string => `${bytes} ${sha256}`;

/** Whether a request came early enough after another one to be a retry of it. */
export function isInTime(earlier: Evidence, later: Evidence): boolean {
  const passedMs = Date.parse(later.time) - Date.parse(earlier.time);
  return passedMs <= RETRY_WINDOW_MS + (retryAfterMs(earlier) ?? 0);
}

/**
 * Reads how long an answer asked its client to wait.
 *
 * @returns Milliseconds; `undefined` where it asked for no wait.
 */
export function retryAfterMs({ reply, time }: Evidence): number | undefined {
  const inMs = headerValue(reply.headers, "retry-after-ms");
  if (inMs !== undefined && /^\d{1,12}(?:\.\d{1,6})?$/.test(inMs)) return Number(inMs);
  const value = headerValue(reply.headers, "retry-after");
  if (value === undefined) return undefined;
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.parse(time));
}

/** Answers by which a service asks for the same request later, where they say when. */
const FOR_NOW: ReadonlySet<number> = new Set([429, 503, 529]);

/** Clients may prefer to fail at once where they are to wait longer: Claude Code 2.1.329 does with ten minutes. */
const MAX_ASKED_WAIT_MS = 60_000;

/** Whether an answer asks for the same request again: in so many words, or by saying when. */
export function asksForRetry(evidence: Evidence): boolean {
  const { status, headers } = evidence.reply;
  const asked = headerValue(headers, "x-should-retry");
  if (asked === "true" || asked === "false") return asked === "true" && status >= 400;
  const waitMs = retryAfterMs(evidence);
  return FOR_NOW.has(status) && waitMs !== undefined && waitMs <= MAX_ASKED_WAIT_MS;
}

/** Whether policies, or the account, deny what was asked: whoever signs in again is the same principal, and denied again. */
export const isDenied = ({ checks }: Evidence): boolean =>
  checks.some(({ fault }) => fault?.name === "access-denied" || fault?.name === "model-access-denied");

/** The principal of a request: of a session, without the name that the client gave it; `undefined` where it is not known. */
export const principalOf = ({ caller }: Evidence): string | undefined =>
  caller?.principal?.replace(/^(arn:[^:]+:sts::\d+:assumed-role\/[^/]+)\/.*$/, "$1");
