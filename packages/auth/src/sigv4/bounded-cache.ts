/** Remembers the latest results of a pure function of one text. */
export interface BoundedCache<Value> {
  readonly get: (text: string) => Value;
  /** How many results are remembered now. */
  readonly size: () => number;
}

/** Limits of a {@link BoundedCache}. */
export interface BoundedCacheOptions {
  /**
   * How many results are remembered; the oldest is dropped first.
   *
   * @default {256}
   */
  readonly maxEntries?: number | undefined;
  /**
   * The result for a longer text is computed each time.
   *
   * @default {1024}
   */
  readonly maxTextLength?: number | undefined;
}

/**
 * Puts a cache in front of a pure function.
 *
 * @param compute The function; `undefined` is not a result.
 * @param options The limits.
 * @returns The cache.
 */
export function createBoundedCache<Value>(
  compute: (text: string) => Value,
  { maxEntries = 256, maxTextLength = 1024 }: BoundedCacheOptions = {},
): BoundedCache<Value> {
  const known = new Map<string, Value>();
  return {
    size: () => known.size,
    get: (text) => {
      const found = known.get(text);
      if (found !== undefined) return found;
      const value = compute(text);
      if (text.length > maxTextLength) return value;
      if (known.size >= maxEntries) known.delete(known.keys().next().value as string);
      known.set(text, value);
      return value;
    },
  };
}
