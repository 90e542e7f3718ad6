import { findModel } from "../find-model.ts";
import type { ModelPrice } from "./model-price.ts";
import { MODEL_PRICES } from "./price-table.ts";

const BY_ID: ReadonlyMap<string, ModelPrice> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ MODEL_PRICES.map((row) => [row.id, row]),
);

/**
 * Finds what a model costs.
 *
 * @example Usage
 * ```ts
 * import { findPrice } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(findPrice("global.anthropic.claude-haiku-4-5-20251001-v1:0")?.input, 1);
 * equal(findPrice("my-deployment"), undefined);
 * ```
 *
 * @param text The id of the model, in any spelling.
 * @returns The row of the table; `undefined` if the id names no model of it. `DEAREST_PRICE` is the one to go on with then.
 */
export function findPrice(text: string): ModelPrice | undefined {
  const model = findModel(text);
  if (model === undefined) return undefined;
  return BY_ID.get(model.date === null ? model.id : model.id.slice(0, -model.date.length - 1));
}
