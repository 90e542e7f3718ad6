/** Where a batch says that its results are: Claude Platform's own host, which no client of a gateway is let in by. */
const RESULTS_URL = /("results_url"\s*:\s*")https?:\/\/[^/"\\]*(?:\/[^"\\]*)?(\/v1\/messages\/batches\/\w+\/results")/g;

/**
 * Has a batch, or a list of them, say where its results are in a way that leads through the gateway: by a path, which clients take
 * relative to their base URL. The SDKs ask for the results where the batch says, and would show the gateway's token to another host.
 *
 * @param bytes The JSON of the service.
 * @returns The same bytes but for the beginnings of those URLs; the same array where it holds none.
 */
export function placeBatchResults(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const placed = text.replace(RESULTS_URL, "$1$2");
  return placed.length === text.length ? bytes : new TextEncoder().encode(placed);
}
