import type { PriceSource } from "./price-sources.ts";

/** What a million tokens of each kind cost, in US dollars; which is what one costs in millionths of a dollar. */
export interface TokenPrices {
  /** Input that was neither read from a cache nor written to one. */
  readonly input: number;
  /** Written to a cache for five minutes. */
  readonly cacheWrite: number;
  /** Written to a cache for an hour. */
  readonly cacheWriteHour: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** What a model costs. */
export interface ModelPrice extends TokenPrices {
  /** The id of the first party, without a date. */
  readonly id: string;
  /** What every token of a request costs whose prompt, caches included, is longer than `above`; null where length has no price. */
  readonly long: (TokenPrices & { readonly above: number }) | null;
  /** By how much a request of `speed: "fast"` costs more; null where the model has no such mode, or none whose price is known. */
  readonly fastMultiplier: number | null;
  /** By how much it costs more where it has to run in one geography; 1 where it never does. */
  readonly regionalMultiplier: number;
  readonly sources: readonly PriceSource[];
  /** Which of the prices no page of Anthropic's or AWS's was seen for; they are what others say that it says. */
  readonly uncertain: readonly (keyof TokenPrices | "long" | "fastMultiplier" | "regionalMultiplier")[];
}
