/** Headers, as far as they are asked here. */
type ReadableHeaders = Pick<Headers, "get">;

/** Statuses that may pass, besides those of 500 and above. */
const RETRIED: ReadonlySet<number> = /* @__PURE__ */ new Set([408, 409, 424, 429]);

const FIRST_DELAY_MS = 500;
const LONGEST_OWN_DELAY_MS = 8000;

/**
 * Says whether an answer is worth another attempt. What the service says in `x-should-retry` decides.
 *
 * @param status Its status.
 * @param headers Its headers.
 * @returns Whether it is.
 */
export function isRetryable(status: number, headers: ReadableHeaders): boolean {
  const word = headers.get("x-should-retry");
  if (word === "true" || word === "false") return word === "true";
  return status >= 500 || RETRIED.has(status);
}

/**
 * Says how long to wait before the next attempt: as long as the service asks for, otherwise twice as long each time, less a random
 * quarter at most, so that callers that failed together do not come back together.
 *
 * @param headers The answer's headers; null where there was no answer.
 * @param retries How many attempts there were after the first.
 * @param now The time.
 * @param random A number from 0 to 1.
 * @returns The time in milliseconds.
 * @see `calculateDefaultRetryTimeoutMillis` of @anthropic-ai/sdk 1.14.0, which waits as long.
 */
export function retryDelayMs(headers: ReadableHeaders | null, retries: number, now: Date, random: number): number {
  const asked = headers === null ? undefined : askedDelayMs(headers, now);
  if (asked !== undefined) return asked;
  const delay = Math.min(FIRST_DELAY_MS * 2 ** retries, LONGEST_OWN_DELAY_MS);
  return delay * (1 - random / 4);
}

const SECONDS = /^[0-9]+(?:\.[0-9]+)?$/;

/** Other texts are dates to some runtimes and none to others. */
const HTTP_DATE = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$/;

/** What the service asks for; `undefined` where it asks for nothing that can be read. */
function askedDelayMs(headers: ReadableHeaders, now: Date): number | undefined {
  const ms = headers.get("retry-after-ms") ?? "";
  if (SECONDS.test(ms)) return Number(ms);
  const after = headers.get("retry-after") ?? "";
  if (SECONDS.test(after)) return Number(after) * 1000;
  const date = HTTP_DATE.test(after) ? Date.parse(after) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
