import { DEAREST_PRICE, findPrice, type ModelPrice, THOUSAND_WEB_SEARCHES_USD } from "@claude-on-aws/models";
import type { Usage } from "../../terms/usage.ts";

/** What changes the price of a request besides its model. Left out, each is taken to be the dearer one where it may apply. */
export interface PriceConditions {
  /** Whether it ran in `speed: "fast"`. Defaults to false: a request has to ask for that. */
  readonly fast?: boolean | undefined;
  /** Whether it had to run in one geography, from {@link isInOneGeography}. Defaults to what that says of the model alone. */
  readonly inOneGeography?: boolean | undefined;
}

/** Prices have three places behind the point, multipliers one; whole numbers of these do not lose anything. */
const PARTS_OF_PRICE = 1_000;
const PARTS_OF_MULTIPLIER = 10;
const SEARCH_MICRO_USD = THOUSAND_WEB_SEARCHES_USD * 1_000;

/**
 * Finds what a model costs, whatever it is called.
 *
 * @param model The model as the service is asked for it: an id in any spelling, or the ARN of a profile.
 * @returns The row of the table; the dearest price where the model is not in it.
 */
export function priceOf(model: string): ModelPrice {
  return findPrice(model) ?? findPrice(model.slice(model.lastIndexOf("/") + 1)) ?? DEAREST_PRICE;
}

/**
 * Says whether a request runs in one geography, which costs more.
 *
 * @param model The model as the service is asked for it.
 * @param inferenceGeo `usage.inference_geo` of the answer, or `inference_geo` of the request; null where neither says it.
 * @returns False for a profile of Bedrock that is global, and where the service or the request says `global`.
 * @see {@link https://docs.aws.amazon.com/claude-platform/latest/userguide/data-residency.html | Data residency}
 */
export function isInOneGeography(model: string, inferenceGeo: string | null): boolean {
  if (inferenceGeo !== null) return inferenceGeo !== "global";
  return !/(?:^|\/)global\./i.test(model);
}

/**
 * Says what a request cost.
 *
 * @example Usage
 * ```ts
 * import { costOf, NO_USAGE } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const usage = { ...NO_USAGE, inputTokens: 1_000, outputTokens: 100 };
 * equal(costOf(usage, "global.anthropic.claude-opus-5-5"), 6_000);
 * equal(costOf(usage, "us.anthropic.claude-opus-5-5"), 6_600);
 * ```
 *
 * @param usage Its tokens.
 * @param model The model as the service was asked for it; an unknown one costs as much as the dearest.
 * @param conditions What else changes its price.
 * @returns Millionths of a US dollar, rounded up.
 * @see `MODEL_PRICES` of `@claude-on-aws/models`, for the prices and their sources.
 */
export function costOf(usage: Usage, model: string, conditions: PriceConditions = {}): number {
  const { fast = false, inOneGeography = isInOneGeography(model, null) } = conditions;
  const price = priceOf(model);
  const { long } = price;
  const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.cacheWriteHourTokens;
  const prices = long !== null && prompt > long.above ? long : price;
  const parts =
    usage.inputTokens * toParts(prices.input) +
    usage.cacheReadTokens * toParts(prices.cacheRead) +
    usage.cacheWriteTokens * toParts(prices.cacheWrite) +
    usage.cacheWriteHourTokens * toParts(prices.cacheWriteHour) +
    usage.outputTokens * toParts(prices.output);
  const speed = fast ? (price.fastMultiplier ?? DEAREST_PRICE.fastMultiplier ?? 1) : 1;
  const place = Math.round((inOneGeography ? price.regionalMultiplier : 1) * PARTS_OF_MULTIPLIER);
  const tokens = Math.ceil((parts * speed * place) / (PARTS_OF_PRICE * PARTS_OF_MULTIPLIER));
  return tokens + usage.webSearches * SEARCH_MICRO_USD;
}

const toParts = (price: number): number => Math.round(price * PARTS_OF_PRICE);
