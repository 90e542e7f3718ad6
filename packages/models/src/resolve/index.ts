/**
 * Which model is meant, without the tables of what models take: the same functions as in the main entry, for who loads those later or
 * never.
 *
 * @module
 */
export { MODEL_ALIASES } from "../aliases.ts";
export { CONTEXT_BETA } from "../capabilities/context-beta.ts";
export {
  type ModelDecision,
  type ResolvedModel,
  resolveGeography,
  resolveModel,
  type ResolveModelOptions,
} from "../resolve-model.ts";
