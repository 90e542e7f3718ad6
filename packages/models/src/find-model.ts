import { MODELS, type Model } from "./catalogue.ts";
import { matchModelId, type ModelId } from "./parse-model-id.ts";

/**
 * Says whether an id names a model of the catalogue.
 *
 * @param id The parts of the id.
 * @param model The model.
 * @returns Whether family and version are the same, and the date too if the id has one.
 */
export function isModel(id: ModelId, model: Model): boolean {
  return (
    id.family === model.family &&
    id.version[0] === model.version[0] &&
    id.version[1] === model.version[1] &&
    (id.date === null || id.date === model.date)
  );
}

/**
 * Finds the model that an id names, in any spelling.
 *
 * @example Usage
 * ```ts
 * import { findModel } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(findModel("eu.anthropic.claude-haiku-4-5-20251001-v1:0")?.id, "claude-haiku-4-5-20251001");
 * equal(findModel("my-deployment"), undefined);
 * ```
 *
 * @param text The id, with or without `[1m]`.
 * @returns The model; `undefined` if the catalogue has none.
 */
export function findModel(text: string): Model | undefined {
  const id = matchModelId(text);
  return id === undefined ? undefined : MODELS.find((model) => isModel(id, model));
}
