/**
 * Finds the code of an error.
 *
 * @param error What was thrown.
 * @returns The code; null where it has none.
 */
export const codeOf = (error: unknown): string | null =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : null;
