/** An object of JSON, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Says whether a value of JSON is an object.
 *
 * @param value The value.
 * @returns Whether it is neither null, nor an array, nor of another type.
 */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
