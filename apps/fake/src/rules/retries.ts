import { headerValue } from "@claude-on-aws/auth/sigv4";
import { rowsOf } from "./rows-of.ts";
import {
  asksForRetry,
  hasSameBody,
  hasSameCaller,
  isDenied,
  mayBeOfProxy,
  principalOf,
  retryAfterMs,
  retryCount,
} from "./attempt.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleRow, RuleVerdict } from "./rule.ts";
import type { RuleId } from "./rule-id.ts";
import { refusalsOf } from "./refusals-of.ts";
import { SOURCES } from "./sources.ts";

/** Attempts of one call, the first among them: Claude Code 2.1.329 makes eleven by default. */
const MAX_ATTEMPTS = 11;

/** AWS's SDKs wait for a time by chance, from nothing to 50 ms at first: one in a hundred thousand waits so little five times. */
const UNDELAYED_ATTEMPTS = 6;
const LEAST_DELAYS_MS = 50;

/** What is sent at once, and refused together, may be as many; it does not go on for so long. */
const BURST_ATTEMPTS = 20;
const BURST_MS = 500;

/** Two attempts within it may carry the same time of signing, which is written in whole seconds. */
const SIGNING_RESOLUTION_MS = 2_000;

/** A client's clock is not ours. */
const TOLERANCE_MS = 50;

/** Answers that the same request gets again. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 405, 413, 422]);

const write = rowsOf("retries");
const row = (id: RuleId, what: string, fix: string, source: string): RuleRow => write(id, "warn", what, fix, source);

type JudgeRetry = (retry: JudgedExchange, first: JudgedExchange) => RuleVerdict;

/** Judges whatever may be a retry. */
const ofAttempt =
  (judge: JudgeRetry) =>
  (exchange: JudgedExchange): RuleVerdict =>
    exchange.retryOf === undefined ? "not-applicable" : judge(exchange, exchange.retryOf);

/** Judges retries of the client alone. */
const ofRetry = (judge: JudgeRetry) =>
  ofAttempt((retry, first) =>
    retry.mayBeOtherCall || mayBeOfProxy(retry.evidence, first.evidence) ? "not-applicable" : judge(retry, first),
  );

const elapsedMs: (retry: JudgedExchange, first: JudgedExchange) => number = (retry, first) =>
  Date.parse(retry.evidence.time) - Date.parse(first.evidence.time);

const spanMs = (times: readonly number[]): number => (times.at(-1) ?? 0) - (times[0] ?? 0);

const hasExpired = ({ evidence }: JudgedExchange): boolean =>
  refusalsOf(evidence).some(({ name, code }) => code === "CREDENTIALS_EXPIRED" || name === "credentials-expired");

/** What a client does when it was refused. */
export const RETRY_RULES: readonly Rule[] = [
  {
    ...row(
      "retry-signed-anew",
      "A retry is signed again, with its own time.",
      "Sign inside the loop that retries: a signature is refused five minutes after its time.",
      SOURCES.signatureTroubleshooting,
    ),
    judge: ofRetry((retry, first) => {
      if (retry.signature === undefined || first.signature === undefined) return "not-applicable";
      const signedAt = retry.value("x-amz-date") ?? retry.value("date");
      if (signedAt !== (first.value("x-amz-date") ?? first.value("date"))) return "pass";
      if (elapsedMs(retry, first) < SIGNING_RESOLUTION_MS) return "not-applicable";
      return {
        message: `Sent ${elapsedMs(retry, first)} ms after exchange ${first.evidence.id}, with the same time of signing.`,
      };
    }),
  },
  {
    ...row(
      "retry-after-honoured",
      "A retry waits as long as retry-after asks.",
      "Prefer retry-after (seconds, or a date) and retry-after-ms to the client's own delay.",
      SOURCES.rateLimits,
    ),
    judge: ofRetry((retry, first) => {
      const askedMs = retryAfterMs(first.evidence);
      if (askedMs === undefined) return "not-applicable";
      const waitedMs = elapsedMs(retry, first);
      return waitedMs + TOLERANCE_MS >= askedMs
        ? "pass"
        : { message: `Expected ${askedMs} ms after exchange ${first.evidence.id}, found ${waitedMs} ms.` };
    }),
  },
  {
    ...row(
      "retry-only-what-may-succeed",
      "A request that was refused for what it is (400, 401, 403, 404…) is not sent again unchanged.",
      "Retry 408, 409, 429 and 5xx; tell the user about the others.",
      "@anthropic-ai/sdk 1.11.0 retries 408, 409, 429, 5xx and x-should-retry: true",
    ),
    judge: ofRetry((retry, first) => {
      const { status, headers } = first.reply;
      // These have rules of their own: the next attempt can mend them.
      const isMended = hasExpired(first) || refusalsOf(first.evidence).some(({ code }) => code === "CLOCK_SKEW");
      if (isMended || headerValue(headers, "x-should-retry") === "true") return "not-applicable";
      if (!FINAL.has(status)) return "pass";
      const isSame = hasSameBody(retry.evidence, first.evidence) && hasSameCaller(retry.evidence, first.evidence);
      return isSame
        ? { message: `Exchange ${first.evidence.id} was answered with ${status}; the same was sent again.` }
        : "pass";
    }),
  },
  {
    ...row(
      "retry-renews-expired-credentials",
      "After expired credentials, a retry carries others.",
      "Ask the credential provider again before the retry; retrying with the same ones cannot succeed.",
      "https://github.com/anthropics/claude-code/issues/28032",
    ),
    judge: ofRetry((retry, first) => {
      if (!hasExpired(first)) return "not-applicable";
      return hasSameCaller(retry.evidence, first.evidence)
        ? {
            message: `Exchange ${first.evidence.id} was refused for expired credentials; the same ones were sent again.`,
          }
        : "pass";
    }),
  },
  {
    ...row(
      "retry-bounded",
      "One call is attempted at most eleven times.",
      "Give up after some attempts, and wait longer before each.",
      "Claude Code 2.1.329 makes eleven attempts by default, the SDKs three",
    ),
    judge: ofRetry(({ attempt }) =>
      attempt <= MAX_ATTEMPTS
        ? "pass"
        : { message: `Expected at most ${MAX_ATTEMPTS} attempts, found attempt ${attempt}.` },
    ),
  },
  {
    ...row(
      "retry-count-rises",
      "A client that counts its retries counts each one: x-stainless-retry-count, or attempt in amz-sdk-request.",
      "Set the header again at every attempt, before signing.",
      "@anthropic-ai/sdk 1.11.0 and @aws-sdk/client-bedrock-runtime 3.1162.0 count each attempt",
    ),
    judge: ofRetry((retry, first) => {
      const count = retryCount(retry.evidence);
      const before = retryCount(first.evidence);
      if (count === undefined || before === undefined) return "not-applicable";
      return count === before + 1 ? "pass" : { message: `Expected retry ${before + 1}, found ${count}.` };
    }),
  },
  {
    ...row(
      "retry-body-unchanged",
      "A retry carries the body of the first attempt.",
      "Keep the bytes of the body for the next attempt; a stream must be read once and kept.",
      "@aws-sdk/client-bedrock-runtime 3.1162.0 sends the same body with the same amz-sdk-invocation-id",
    ),
    judge: ofRetry((retry, first) => {
      // A request that was refused for what it asks may be asked otherwise.
      if (first.reply.status === 400) return "not-applicable";
      return hasSameBody(retry.evidence, first.evidence)
        ? "pass"
        : {
            message: `The body differs from that of exchange ${first.evidence.id} (${retry.evidence.body.bytes} and ${first.evidence.body.bytes} bytes).`,
          };
    }),
  },
  {
    ...row(
      "retry-backs-off",
      "Retries wait where no retry-after says how long: six attempts take more than 50 ms.",
      "Wait before each retry, twice as long as before the last, with some chance in it.",
      SOURCES.awsRetries,
    ),
    judge: ofRetry(({ attemptTimes, evidence }, first) => {
      // Without a count, they may be as many calls, made at the same time.
      const count = retryCount(evidence);
      const isCounted = count !== undefined && count + 1 >= UNDELAYED_ATTEMPTS;
      const tookMs = spanMs(attemptTimes);
      // A clock that stands says nothing.
      if (!isCounted || attemptTimes.length < UNDELAYED_ATTEMPTS || tookMs === 0) return "not-applicable";
      if (retryAfterMs(first.evidence) !== undefined) return "not-applicable";
      return tookMs >= LEAST_DELAYS_MS
        ? "pass"
        : {
            message: `Expected more than ${LEAST_DELAYS_MS} ms for ${attemptTimes.length} attempts, found ${tookMs} ms.`,
          };
    }),
  },
  {
    ...row(
      "retry-not-hammered",
      "What is refused is not sent again and again without a pause: twenty times and more in half a second or longer, over however many connections.",
      "Let all parts of a program share one limit of how often they send, and give up after some attempts.",
      SOURCES.awsRetries,
    ),
    judge: ofAttempt(({ burst: { attempts, sinceMs }, evidence }) => {
      const tookMs = Date.parse(evidence.time) - sinceMs;
      // Whoever counts made many calls at the same time, where the count is low.
      const isLow = (retryCount(evidence) ?? BURST_ATTEMPTS) + 1 < BURST_ATTEMPTS;
      return isLow || attempts < BURST_ATTEMPTS || tookMs < BURST_MS
        ? "pass"
        : { message: `Found ${attempts} attempts of the same within ${tookMs} ms; ${attempts - 1} were refused.` };
    }),
  },
  {
    ...row(
      "retry-what-asks-for-it",
      "What was refused for now is sent again: x-should-retry: true, or 429, 503 and 529 with a retry-after of a minute at most.",
      "Retry once at least before the turn is given up; the client's own option for it may be 0.",
      SOURCES.anthropicErrors,
    ),
    judge: ({ evidence, course: { gaveUpOn }, retryOf }) => {
      if (gaveUpOn !== undefined) {
        const afterMs = Date.parse(evidence.time) - Date.parse(gaveUpOn.time);
        return {
          message: `Exchange ${gaveUpOn.id} was refused for now with ${gaveUpOn.reply.status}, and never sent again; ${afterMs} ms later the conversation goes on without its answer.`,
        };
      }
      return retryOf !== undefined && asksForRetry(retryOf.evidence) ? "pass" : "not-applicable";
    },
  },
  {
    ...row(
      "retry-without-login-after-denial",
      "Where policies deny an action, the client does not sign in again to ask the same: the new credentials are denied as the old ones were.",
      "Renew credentials where they are expired or unknown; of AccessDenied tell the user, with the action and the resource.",
      SOURCES.claudePlatformRoutes,
    ),
    judge: ({ evidence, retryOf, course: { denied, login } }) => {
      if (retryOf !== undefined && isDenied(retryOf.evidence) && !hasSameCaller(evidence, retryOf.evidence)) {
        const principal = principalOf(evidence);
        const isSame = principal !== undefined && principal === principalOf(retryOf.evidence);
        if (login === undefined || !isSame) return "not-applicable";
        return {
          message: `Exchange ${retryOf.evidence.id} was denied; by ${login.operation} came new credentials of the same principal, and the same was sent again.`,
        };
      }
      return denied === undefined ? "not-applicable" : "pass";
    },
  },
];
