import type { ModelPrice, TokenPrices } from "./model-price.ts";
import type { PriceSource } from "./price-sources.ts";

/** The day on which the prices were compiled. */
export const PRICES_AS_OF = "2026-11-30";

/**
 * What a thousand searches of the web by the service cost, in US dollars; no fetch of a page costs anything but its tokens.
 *
 * @see {@link https://platform.claude.com/docs/en/about-claude/pricing | Pricing}, «Web search tool».
 */
export const THOUSAND_WEB_SEARCHES_USD = 10;

/**
 * What a request costs more that must run in one geography: `inference_geo: "us"` on Claude Platform on AWS, every profile of
 * Amazon Bedrock but those that begin with `global.`, since the generation 4.5.
 *
 * @see {@link https://docs.aws.amazon.com/claude-platform/latest/userguide/data-residency.html | Data residency};
 * {@link https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html | Global inference}: about a
 * tenth less than in a geography.
 */
const REGIONAL = 1.1;

type Five = readonly [input: number, cacheWrite: number, cacheWriteHour: number, cacheRead: number, output: number];

interface More {
  readonly long?: readonly [above: number, ...Five];
  readonly fast?: number;
  readonly regional?: number;
  readonly uncertain?: ModelPrice["uncertain"];
}

type Row = readonly [id: string, prices: Five, sources: readonly PriceSource[], more?: More];

const OPUS: Five = [5, 6.25, 10, 0.5, 25];
const OLD_OPUS: Five = [15, 18.75, 30, 1.5, 75];
const SONNET: Five = [3, 3.75, 6, 0.3, 15];
/** The window of a million tokens was dearer beyond 200,000 as long as a beta opened it. */
const LONG_SONNET = [200_000, 6, 7.5, 12, 0.6, 22.5] as const;

const ROWS: readonly Row[] = [
  [
    "claude-fable-5-2",
    [8, 10, 16, 0.2, 40],
    ["retold"],
    { uncertain: ["input", "cacheWrite", "cacheWriteHour", "cacheRead", "output", "fastMultiplier"] },
  ],
  ["claude-fable-5-1", [10, 12.5, 20, 0.25, 50], ["list"]],
  ["claude-fable-5", [10, 12.5, 20, 1, 50], ["list"]],
  ["claude-opus-5-5", [4, 5, 8, 0.2, 20], ["overview", "dated"], { fast: 2, uncertain: ["fastMultiplier"] }],
  ["claude-opus-5", OPUS, ["list", "overview"], { fast: 2, uncertain: ["fastMultiplier"] }],
  ["claude-opus-4-8", OPUS, ["list"], { uncertain: ["fastMultiplier"] }],
  ["claude-opus-4-7", OPUS, ["list"]],
  // Its fast mode is gone; it was 6 times as dear.
  ["claude-opus-4-6", OPUS, ["list"], { fast: 6 }],
  ["claude-opus-4-5", OPUS, ["list"]],
  ["claude-opus-4-1", OLD_OPUS, ["list"], { regional: 1 }],
  ["claude-opus-4", OLD_OPUS, ["list"], { regional: 1 }],
  // Reading a cache became cheaper on 2026-10-07; before, it was 0.2.
  [
    "claude-sonnet-5-5",
    [2, 2.5, 4, 0.1, 10],
    ["overview", "dated", "multipliers"],
    { uncertain: ["cacheWrite", "cacheWriteHour", "cacheRead"] },
  ],
  [
    "claude-sonnet-5",
    [2, 2.5, 4, 0.2, 10],
    ["overview", "multipliers"],
    { uncertain: ["cacheWrite", "cacheWriteHour", "cacheRead"] },
  ],
  ["claude-sonnet-4-6", SONNET, ["list"], { uncertain: ["long"] }],
  ["claude-sonnet-4-5", SONNET, ["list", "oldList"], { long: LONG_SONNET }],
  ["claude-sonnet-4", SONNET, ["list", "oldList"], { long: LONG_SONNET, regional: 1 }],
  ["claude-3-7-sonnet", SONNET, ["oldList"], { regional: 1 }],
  ["claude-3-5-sonnet", SONNET, ["oldList"], { regional: 1 }],
  [
    "claude-haiku-5-5",
    [0.1, 0.125, 0.2, 0.01, 0.5],
    ["overview", "dated"],
    {
      long: [100_000, 0.5, 0.625, 1, 0.05, 2.5],
      uncertain: ["cacheWrite", "cacheWriteHour", "cacheRead", "long"],
    },
  ],
  ["claude-haiku-4-5", [1, 1.25, 2, 0.1, 5], ["list"]],
  ["claude-3-5-haiku", [0.8, 1, 1.6, 0.08, 4], ["list"], { regional: 1 }],
];

const toPrices = ([input, cacheWrite, cacheWriteHour, cacheRead, output]: Five): TokenPrices => ({
  input,
  cacheWrite,
  cacheWriteHour,
  cacheRead,
  output,
});

function toPrice([id, prices, sources, more = {}]: Row): ModelPrice {
  const { long, fast = null, regional = REGIONAL, uncertain = [] } = more;
  const [above, ...dearer] = long ?? [0, ...prices];
  return {
    id,
    ...toPrices(prices),
    long: long === undefined ? null : { above, ...toPrices(dearer) },
    fastMultiplier: fast,
    regionalMultiplier: regional,
    sources,
    uncertain,
  };
}

/**
 * What the models cost, as of {@link PRICES_AS_OF}, newest first within a family. What the first party asks is taken to hold on
 * AWS, whose own lists say the same where they were seen. Batches cost half, and are not in it.
 *
 * @example Usage
 * ```ts
 * import { MODEL_PRICES } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const opus = MODEL_PRICES.find(({ id }) => id === "claude-opus-5-5");
 * equal(opus?.output, 20);
 * ```
 *
 * @see The `sources` of each row, in {@link PRICE_SOURCES}.
 */
export const MODEL_PRICES: readonly ModelPrice[] = /* @__PURE__ */ ROWS.map(toPrice);

/** No mode was ever dearer. */
const DEAREST_FAST = 6;

function findDearest(): ModelPrice {
  const dearest = (kind: keyof TokenPrices): number =>
    Math.max(...MODEL_PRICES.flatMap((price) => [price[kind], price.long?.[kind] ?? 0]));
  return {
    id: "unknown",
    input: dearest("input"),
    cacheWrite: dearest("cacheWrite"),
    cacheWriteHour: dearest("cacheWriteHour"),
    cacheRead: dearest("cacheRead"),
    output: dearest("output"),
    long: null,
    fastMultiplier: DEAREST_FAST,
    regionalMultiplier: REGIONAL,
    sources: [],
    uncertain: ["input", "cacheWrite", "cacheWriteHour", "cacheRead", "output", "fastMultiplier", "regionalMultiplier"],
  };
}

/**
 * What a model is taken to cost that is not in the table: each price is the highest of any model, so that nothing is free
 * because it is unknown.
 *
 * @example Usage
 * ```ts
 * import { DEAREST_PRICE, findPrice } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * const { output } = findPrice("my-deployment") ?? DEAREST_PRICE;
 * equal(output, 75);
 * ```
 */
export const DEAREST_PRICE: ModelPrice = /* @__PURE__ */ findDearest();
