import { expect, test } from "vitest";
import { MODELS } from "../catalogue.ts";
import { findPrice } from "./find-price.ts";
import { PRICE_SOURCES } from "./price-sources.ts";
import { DEAREST_PRICE, MODEL_PRICES } from "./price-table.ts";

const KINDS = ["input", "cacheWrite", "cacheWriteHour", "cacheRead", "output"] as const;

test.each(MODELS.flatMap(({ id, bedrockId, mantleId }) => [id, bedrockId, `us.${bedrockId}`, mantleId ?? id]))(
  "%s has a price",
  (id) => {
    expect(findPrice(id)).toBeDefined();
  },
);

test("each model is in the table once, and each row is of a model", () => {
  const ids = MODEL_PRICES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => findPrice(id)?.id !== id)).toEqual([]);
});

test("each row has a source, and the prices stand in the order in which they are everywhere", () => {
  for (const price of MODEL_PRICES) {
    expect(price.sources.length).toBeGreaterThan(0);
    for (const source of price.sources) expect(PRICE_SOURCES[source]).not.toBe("");
    for (const { input, cacheWrite, cacheWriteHour, cacheRead, output } of [price, price.long ?? price]) {
      expect([cacheRead, input, cacheWrite, cacheWriteHour, output]).toEqual(
        [cacheRead, input, cacheWrite, cacheWriteHour, output].toSorted((one, other) => one - other),
      );
    }
  }
});

test("no price is finer than a thousandth of a millionth, so that sums of whole numbers are exact", () => {
  for (const price of MODEL_PRICES.flatMap((row) => [row, row.long ?? row])) {
    for (const kind of KINDS) expect(Number.isInteger(Number((price[kind] * 1_000).toFixed(6)))).toBe(true);
  }
});

test("a longer prompt costs no less, and no model costs more than an unknown one", () => {
  for (const price of MODEL_PRICES) {
    for (const kind of KINDS) {
      expect(price.long?.[kind] ?? price[kind]).toBeGreaterThanOrEqual(price[kind]);
      expect(DEAREST_PRICE[kind]).toBeGreaterThanOrEqual(price.long?.[kind] ?? price[kind]);
    }
    expect(DEAREST_PRICE.fastMultiplier).toBeGreaterThanOrEqual(price.fastMultiplier ?? 1);
    expect(DEAREST_PRICE.regionalMultiplier).toBeGreaterThanOrEqual(price.regionalMultiplier);
  }
});
