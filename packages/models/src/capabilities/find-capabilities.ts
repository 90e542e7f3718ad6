import { findModel } from "../find-model.ts";
import { MODEL_CAPABILITIES } from "./capability-table.ts";
import type { ModelCapabilities } from "./model-capabilities.ts";

const BY_ID: ReadonlyMap<string, ModelCapabilities> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ MODEL_CAPABILITIES.map((row) => [row.id, row]),
);

/**
 * Finds what a model takes.
 *
 * @example Usage
 * ```ts
 * import { findCapabilities } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(findCapabilities("us.anthropic.claude-opus-4-8")?.thinking.enabled, "refused");
 * equal(findCapabilities("my-deployment"), undefined);
 * ```
 *
 * @param text The id of the model, in any spelling.
 * @returns The row of the table; `undefined` if the id names no model of it.
 */
export function findCapabilities(text: string): ModelCapabilities | undefined {
  const model = findModel(text);
  if (model === undefined) return undefined;
  return BY_ID.get(model.date === null ? model.id : model.id.slice(0, -model.date.length - 1));
}
