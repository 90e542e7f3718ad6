import type { AwsCredentials } from "@claude-on-aws/endpoints";

/** Options for {@link cacheCredentials}. */
export interface CacheCredentialsOptions {
  /**
   * How long before their end credentials are fetched anew, in milliseconds.
   *
   * @default {300_000}
   */
  readonly expiryMarginMs?: number | undefined;
  /**
   * How long credentials without an end are kept, in milliseconds.
   *
   * @default {3_600_000}
   */
  readonly maxAgeMs?: number | undefined;
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

/** Credentials that are fetched when needed, by one caller at a time. */
export interface CachedCredentials {
  readonly get: () => Promise<AwsCredentials>;
  /** Forgets what is cached; a fetch under way is not used. */
  readonly clear: () => void;
  /** What is cached now, ended or not. */
  readonly peek: () => AwsCredentials | undefined;
}

/**
 * Keeps credentials until five minutes before they end, or for an hour where
 * they have no end. Callers that ask at the same time share one fetch; a fetch
 * that fails is not remembered.
 *
 * @example Usage
 * ```ts
 * import { cacheCredentials } from "@claude-on-aws/auth";
 * import { equal } from "node:assert/strict";
 *
 * let fetched = 0;
 * const { get } = cacheCredentials(async () => {
 *   fetched++;
 *   return { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
 * });
 * await Promise.all([get(), get()]);
 * equal(fetched, 1);
 * ```
 *
 * @param fetchCredentials Fetches them.
 * @param options How long they are kept, and the clock.
 * @returns What gives them.
 */
export function cacheCredentials(
  fetchCredentials: () => Promise<AwsCredentials>,
  options: CacheCredentialsOptions = {},
): CachedCredentials {
  const { expiryMarginMs = 300_000, maxAgeMs = 3_600_000, now = () => new Date() } = options;
  let cached: { readonly credentials: AwsCredentials; readonly until: number } | undefined;
  let pending: Promise<AwsCredentials> | undefined;

  const load = async (): Promise<AwsCredentials> => {
    const mine = fetchCredentials();
    pending = mine;
    try {
      const credentials = await mine;
      const end = credentials.expiration?.getTime();
      const until = end === undefined ? now().getTime() + maxAgeMs : end - expiryMarginMs;
      if (pending === mine) cached = { credentials, until };
      return credentials;
    } finally {
      if (pending === mine) pending = undefined;
    }
  };

  return {
    get: async () => {
      if (cached !== undefined && now().getTime() < cached.until) return cached.credentials;
      return pending ?? load();
    },
    clear: () => {
      cached = undefined;
      pending = undefined;
    },
    peek: () => cached?.credentials,
  };
}
