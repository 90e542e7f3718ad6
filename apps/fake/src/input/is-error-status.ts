/** Whether a value is a status that an error can have. */
export const isErrorStatus = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;
