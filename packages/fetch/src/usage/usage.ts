/** The tokens of a request, as the Messages API counts them: no token is in two fields. */
export interface Usage {
  /** Input that was neither read from a cache nor written to one. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  /** Written to a cache for five minutes. */
  readonly cacheWriteTokens: number;
  /** Written to a cache for an hour. */
  readonly cacheWriteHourTokens: number;
  /** Searches of the web that the service made. */
  readonly webSearches: number;
}

/** No tokens at all. */
export const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWriteHourTokens: 0,
  webSearches: 0,
};
