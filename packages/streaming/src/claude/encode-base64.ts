import { type LatinBufferConstructor, resolveBuffer } from "./decode-base64-text.ts";

/** `btoa` takes a string of bytes; more of them at a time would be too many arguments for the call that makes it. */
const BYTES_AT_ONCE = 0x6000;

const NOT_ASCII = /[^\0-\x7f]/;

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

const NATIVE_BUFFER: LatinBufferConstructor | null = /* @__PURE__ */ resolveBuffer() ?? null;

/**
 * Encodes a text as Base64 of its UTF-8 bytes.
 *
 * @param text The text. A surrogate that stands alone becomes U+FFFD.
 * @param Buffer The runtime's `Buffer`; `null` does without.
 * @returns The digits, padded.
 */
export function encodeBase64(text: string, Buffer: LatinBufferConstructor | null = NATIVE_BUFFER): string {
  if (Buffer !== null) return Buffer.from(text, "utf8").toString("base64");
  if (!NOT_ASCII.test(text)) return btoa(text);
  const bytes = ENCODER.encode(text);
  let binary = "";
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE));
  }
  return btoa(binary);
}
