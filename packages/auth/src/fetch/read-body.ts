import { AuthError } from "../errors.ts";
import { joinBytes } from "../join-bytes.ts";

/**
 * Reads a body whole.
 *
 * @param message The request, or the answer.
 * @param maxBodyBytes The longest that is read.
 * @returns The bytes.
 * @throws {AuthError} `BODY_TOO_LARGE` as soon as it is longer than the limit.
 */
export async function readBody(message: Request | Response, maxBodyBytes: number): Promise<Uint8Array> {
  if (message.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = message.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > maxBodyBytes) {
      await reader.cancel();
      throw new AuthError(
        "BODY_TOO_LARGE",
        `Cannot sign request: its body is longer than maxBodyBytes, ${maxBodyBytes}`,
      );
    }
    parts.push(value);
  }
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  return joinBytes(parts, bytes);
}
