import { resolveBuffer } from "./decode-base64-text.ts";

/** `btoa` takes a string of bytes; so many at a time keep it from growing an argument list too long. */
const BYTES_AT_ONCE = 0x6000;

const NO_ASCII = /[^\0-\x7f]/;

const utf8: TextEncoder = /* @__PURE__ */ new TextEncoder();

const NativeBuffer = /* @__PURE__ */ resolveBuffer();

/** Encodes a text as Base64 of its UTF-8 bytes. */
export function encodeBase64(text: string): string {
  if (NativeBuffer !== undefined) {
    const { buffer, byteOffset, byteLength } = utf8.encode(text);
    return (
      NativeBuffer as unknown as {
        from(buffer: ArrayBufferLike, offset: number, length: number): { toString(encoding: string): string };
      }
    )
      .from(buffer, byteOffset, byteLength)
      .toString("base64");
  }
  if (!NO_ASCII.test(text)) return btoa(text);
  const bytes = utf8.encode(text);
  let binary = "";
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE));
  }
  return btoa(binary);
}
