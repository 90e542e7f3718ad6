/**
 * Tells whether a value is a status that an error can have.
 *
 * @returns `true` for a whole number from 400 to 599.
 */
export const isErrorStatus = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;
