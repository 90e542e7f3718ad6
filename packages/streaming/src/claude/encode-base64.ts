import { type LatinBufferConstructor, resolveBuffer } from "./decode-base64-text.ts";

/** `btoa` takes a string of bytes; so many at a time keep it from growing an argument list too long. */
const BYTES_AT_ONCE = 0x6000;

const NOT_ASCII = /[^\0-\x7f]/;

const utf8: TextEncoder = /* @__PURE__ */ new TextEncoder();

const NativeBuffer: LatinBufferConstructor | null = /* @__PURE__ */ resolveBuffer() ?? null;

/**
 * Encodes a text as Base64 of its UTF-8 bytes.
 *
 * @param text The text. A surrogate that stands alone becomes U+FFFD.
 * @param Buffer The runtime's `Buffer`; `null` does without.
 * @returns The digits, padded.
 */
export function encodeBase64(text: string, Buffer: LatinBufferConstructor | null = NativeBuffer): string {
  if (Buffer !== null) return Buffer.from(text, "utf8").toString("base64");
  if (!NOT_ASCII.test(text)) return btoa(text);
  const bytes = utf8.encode(text);
  let binary = "";
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE));
  }
  return btoa(binary);
}
