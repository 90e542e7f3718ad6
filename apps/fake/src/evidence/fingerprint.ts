import { createHmac, randomBytes } from "node:crypto";

/** HMAC-SHA256 takes a key of any length; this is the length of its result. */
const KEY_BYTES = 32;

let processKey: Uint8Array | undefined;

/**
 * The key of fingerprints where none is given: made once, and gone with the process.
 *
 * @returns 32 random bytes, the same at each call.
 */
export const fingerprintKeyOfProcess = (): Uint8Array => (processKey ??= randomBytes(KEY_BYTES));

/**
 * Makes a text that is the same for the same parts and the same key, and from which the parts cannot be found again, not
 * even by trying, without the key.
 *
 * @returns HMAC-SHA256 of the parts as JSON, in base64url.
 * @see {@link https://www.rfc-editor.org/rfc/rfc2104 | RFC 2104}
 */
export const fingerprint = (key: Uint8Array, parts: readonly string[]): string =>
  createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
