import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, encodeHex, nativeDigest, webCryptoDigest } from "./digest.ts";

const web = webCryptoDigest(globalThis.crypto.subtle);
const key = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe("digest", () => {
  test("is native and synchronous where the runtime has node:crypto", () => {
    expect(typeof digest.sha256Hex("")).toBe("string");
    expect(nativeDigest(undefined)).toBeUndefined();
  });

  test("gives the same native and from WebCrypto", async () => {
    await fc.assert(
      fc.asyncProperty(key, fc.string({ unit: "binary" }), async (secret, text) => {
        expect(await web.sha256Hex(text)).toBe(createHash("sha256").update(text.toWellFormed()).digest("hex"));
        expect(await web.sha256Hex(secret)).toBe(await digest.sha256Hex(secret));
        const mac = createHmac("sha256", secret).update(text.toWellFormed()).digest("hex");
        expect(encodeHex(await web.hmacSha256(secret, text))).toBe(mac);
        expect(encodeHex(await digest.hmacSha256(secret, text.toWellFormed()))).toBe(mac);
      }),
      { numRuns: 100 },
    );
  });
});
