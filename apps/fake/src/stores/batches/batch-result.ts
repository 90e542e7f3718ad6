/** What became of one request of a batch. */
export type BatchResult =
  | { readonly type: "succeeded"; readonly message: object }
  | { readonly type: "errored"; readonly error: object }
  | { readonly type: "canceled" | "expired" };

/**
 * Writes a result as a line of the results' file.
 *
 * @returns JSON, without a line break.
 */
export const formatResult = (customId: string, result: BatchResult): string =>
  JSON.stringify({ custom_id: customId, result });
