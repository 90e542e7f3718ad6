const NO_BODY = new Uint8Array();

/**
 * Reads the body of a request to its end.
 *
 * @param request The request.
 * @param maxBytes The most that is kept.
 * @returns `undefined` where there is more. A body that says its length beforehand is not read at all then.
 * @throws Whatever the runtime fails with, as when a client hangs up.
 */
export async function readRequestBody(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  const length = request.headers.get("content-length");
  if (length !== null) {
    if (length === "0") return NO_BODY;
    return Number(length) > maxBytes ? undefined : new Uint8Array(await request.arrayBuffer());
  }
  if (request.body === null) return NO_BODY;
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of request.body) {
    read += chunk.length;
    // Leaving the loop cancels the stream.
    if (read > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, read);
}
