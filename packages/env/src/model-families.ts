/** The families of models that have variables of their own. */
export const MODEL_FAMILIES = ["fable", "opus", "sonnet", "haiku"] as const;

/** A family of models that has variables of its own. */
export type ModelFamily = (typeof MODEL_FAMILIES)[number];
