/** The families that an alias can name. */
export const MODEL_FAMILIES = ["fable", "opus", "sonnet", "haiku"] as const;

/** A family that an alias can name. */
export type ModelFamily = (typeof MODEL_FAMILIES)[number];
