/**
 * Reads the beginning of a body, and lets the rest go.
 *
 * @param body The body.
 * @param maxBytes What is read of it at most, to the end of the part in which that is reached.
 * @returns Its text.
 */
export async function readBeginning(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  for (let read = 0; read < maxBytes;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    read += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}
