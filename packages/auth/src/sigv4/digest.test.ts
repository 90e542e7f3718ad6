import { anyText } from "@claude-on-aws/fixtures/any-text";
import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, encodeHex, nativeDigest, stringToSignOf, webCryptoDigest } from "./digest.ts";

const web = webCryptoDigest(globalThis.crypto.subtle);
const key = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe("digest", () => {
  test("is native and synchronous where the runtime has node:crypto", () => {
    expect(typeof digest.sha256Hex("")).toBe("string");
    expect(nativeDigest(undefined)).toBeUndefined();
  });

  test("gives the same natively and from WebCrypto", async () => {
    await fc.assert(
      fc.asyncProperty(key, anyText(), async (secret, text) => {
        expect(await web.sha256Hex(text)).toBe(createHash("sha256").update(text.toWellFormed()).digest("hex"));
        expect(await web.sha256Hex(secret)).toBe(await digest.sha256Hex(secret));
        const mac = createHmac("sha256", secret).update(text.toWellFormed()).digest("hex");
        expect(encodeHex(await web.hmacSha256(secret, text))).toBe(mac);
        expect(encodeHex(await digest.hmacSha256(secret, text.toWellFormed()))).toBe(mac);
      }),
      { numRuns: 40 },
    );
  });

  test("signs within a scope as an HMAC of the string to sign, with dates of either form", async () => {
    const scope = "20261121/us-east-1/bedrock/aws4_request";
    const signingKey = new Uint8Array(32).fill(7);
    const native = digest.scopeSigner(signingKey, scope);
    const other = web.scopeSigner(signingKey, scope);
    for (const date of ["20261121T120000Z", "20261121T120001Z", "Sat, 21 Nov 2026 12:00:00 GMT", "20261121T120000Z"]) {
      for (const hash of ["0".repeat(64), "af".repeat(32)]) {
        const expected = createHmac("sha256", signingKey)
          .update(stringToSignOf(date, scope, hash))
          .digest("hex");
        expect(await native(date, hash)).toBe(expected);
        expect(await other(date, hash)).toBe(expected);
      }
    }
  });
});
