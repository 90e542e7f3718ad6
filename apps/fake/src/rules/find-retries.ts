import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { KeptExchange } from "../record/kept-exchange.ts";
import { clientName } from "./client-name.ts";

/** How long after an answer, and after the wait that it asked for, the same request still counts as a retry. */
const RETRY_WINDOW_MS = 60_000;

/** Clients that count their attempts elsewhere and always send 0. */
const COUNTS_NOTHING = /^claude-(?:cli|code)\//;

/** What an exchange tells about its place among the attempts of a call. */
interface Attempt {
  readonly exchange: KeptExchange;
  /** Client, its session where it names one, method and target. */
  readonly key: string;
  /** Who it claims to come from: the access key ID, or the header of the key. */
  readonly caller: string;
  /** ID that the AWS SDKs give all attempts of one call. */
  readonly invocation: string | undefined;
  /** Retries before this one, as the client counts them; absent where it does not. */
  readonly count: number | undefined;
}

/**
 * Finds of which exchange each one is a retry: the last one of the same client
 * with the same method and target that was refused, and that carried the same
 * call.
 *
 * The AWS SDKs say which call an attempt belongs to. Elsewhere the body must be
 * the same, or the client's own count must follow. Where a client counts and
 * says that this is the first attempt, it is.
 *
 * @param exchanges Oldest first.
 * @returns The exchange that was retried, by the exchange that is the retry.
 */
export function findRetries(exchanges: readonly KeptExchange[]): ReadonlyMap<KeptExchange, KeptExchange> {
  const retries = new Map<KeptExchange, KeptExchange>();
  const refusedBefore = new Map<string, Attempt[]>();
  for (const exchange of exchanges) {
    const attempt = readAttempt(exchange);
    const open = (refusedBefore.get(attempt.key) ?? []).filter((earlier) => isInTime(earlier.exchange, exchange));
    const at = findEarlier(open, attempt);
    const earlier = open[at];
    if (earlier !== undefined) {
      retries.set(exchange, earlier.exchange);
      open.splice(at, 1);
    }
    if (exchange.reply.status >= 400) open.push(attempt);
    if (open.length > 0) refusedBefore.set(attempt.key, open);
    else refusedBefore.delete(attempt.key);
  }
  return retries;
}

function readAttempt(exchange: KeptExchange): Attempt {
  const { method, target, headers } = exchange.request;
  const client = clientName(headerValue(headers, "user-agent"));
  return {
    exchange,
    key: `${client}\n${headerValue(headers, "x-claude-code-session-id") ?? ""}\n${method} ${target}`,
    caller: claimedCaller(exchange),
    invocation: headerValue(headers, "amz-sdk-invocation-id"),
    count: readCount(headers, client),
  };
}

/**
 * Reads who a request claims to come from, whether or not it proved it.
 *
 * @returns The access key ID with its session token, or else the key; texts to compare, and to show nobody.
 */
export function claimedCaller({ request: { headers } }: KeptExchange): string {
  const authorization = headerValue(headers, "authorization") ?? "";
  const token = headerValue(headers, "x-amz-security-token") ?? "";
  const accessKeyId = /^AWS4-\S+ .*?Credential=([^/,]*)/.exec(authorization)?.[1];
  return accessKeyId === undefined
    ? `${authorization}\n${headerValue(headers, "x-api-key") ?? ""}`
    : `${accessKeyId}\n${token}`;
}

function readCount(headers: KeptExchange["request"]["headers"], client: string): number | undefined {
  const attempt = /(?:^|[ ;])attempt=(\d{1,6})/.exec(headerValue(headers, "amz-sdk-request") ?? "")?.[1];
  if (attempt !== undefined) return Number(attempt) - 1;
  const count = headerValue(headers, "x-stainless-retry-count");
  if (count === undefined || !/^\d{1,6}$/.test(count) || COUNTS_NOTHING.test(client)) return undefined;
  return Number(count);
}

/**
 * Reads how many retries a client counted by itself.
 *
 * @returns `undefined` where it counts nothing.
 */
export const retryCount = ({ request: { headers } }: KeptExchange): number | undefined =>
  readCount(headers, clientName(headerValue(headers, "user-agent")));

function findEarlier(open: readonly Attempt[], attempt: Attempt): number {
  const { invocation, count, caller, exchange } = attempt;
  if (invocation !== undefined) return open.findLastIndex((earlier) => earlier.invocation === invocation);
  if (count === 0) return -1;
  const same = open.findLastIndex(
    (earlier) =>
      (earlier.caller === caller || isAboutCaller(earlier.exchange)) && hasSameBody(earlier.exchange, exchange),
  );
  if (same >= 0 || count === undefined) return same;
  return open.findLastIndex((earlier) => earlier.count === count - 1 && earlier.caller === caller);
}

/** Whether the answer was about the caller, so that a retry may well come with other credentials. */
const isAboutCaller = ({ reply }: KeptExchange): boolean => reply.status === 401 || reply.status === 403;

/**
 * Compares two bodies, as far as they were kept.
 *
 * @returns `true` where they are the same.
 */
export function hasSameBody(a: KeptExchange, b: KeptExchange): boolean {
  return a.bodyBytes === b.bodyBytes && Buffer.compare(a.body, b.body) === 0;
}

function isInTime(earlier: KeptExchange, later: KeptExchange): boolean {
  const passedMs = later.receivedAt.getTime() - earlier.receivedAt.getTime();
  return passedMs <= RETRY_WINDOW_MS + (retryAfterMs(earlier) ?? 0);
}

/**
 * Reads how long an answer asked its client to wait.
 *
 * @returns Milliseconds; `undefined` where it asked for no wait.
 */
export function retryAfterMs({ reply, receivedAt }: KeptExchange): number | undefined {
  const inMs = headerValue(reply.headers, "retry-after-ms");
  if (inMs !== undefined && /^\d{1,12}(?:\.\d{1,6})?$/.test(inMs)) return Number(inMs);
  const value = headerValue(reply.headers, "retry-after");
  if (value === undefined) return undefined;
  if (/^\d{1,9}(?:\.\d{1,6})?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - receivedAt.getTime());
}
