/**
 * Tells whether a span of time is not over. A clock that was set back ends it: nobody stays let in because of one.
 *
 * @param nowMs The time, in milliseconds since 1970.
 * @param sinceMs When the span began.
 * @param spanMs How long it is.
 */
export function isWithin(nowMs: number, sinceMs: number, spanMs: number): boolean {
  const elapsed = nowMs - sinceMs;
  return elapsed >= 0 && elapsed < spanMs;
}
