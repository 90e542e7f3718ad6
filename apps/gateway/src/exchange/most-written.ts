/**
 * Faster than this no model writes, in tokens a second, thinking among them. Uncertain, of 2026-11-30: no service says how fast its models
 * are, fast mode's 2.5 times among them; it is far above what their users report.
 */
const MOST_TOKENS_A_SECOND = 500;

/** So long a service may write on for a client that has left, in milliseconds. Uncertain too. */
const NOTICED_AFTER_MS = 1_000;

/**
 * Says how much output a stream can have taken that broke off, seen or not.
 *
 * @param elapsedMs For how long it was written at most, in milliseconds.
 * @returns The tokens, rounded up.
 */
export const mostWritten = (elapsedMs: number): number =>
  Math.ceil(((elapsedMs + NOTICED_AFTER_MS) / 1_000) * MOST_TOKENS_A_SECOND);
