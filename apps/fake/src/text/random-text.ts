/**
 * Makes random bytes, from the source that keys are made of.
 *
 * @returns As many as were asked for.
 */
export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * Makes random text, in which each letter is as likely as the others.
 *
 * @param alphabet As many letters as a power of two up to 256, so that a byte falls on each as often.
 * @returns As many letters as were asked for.
 */
export function randomText(length: number, alphabet: string): string {
  let text = "";
  for (const byte of randomBytes(length)) text += alphabet.charAt(byte % alphabet.length);
  return text;
}

/** Letters and digits of an access key ID: base 32. */
export const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Letters and digits of a secret access key and of a token. */
export const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Letters and digits that need no escape in a URL: base 64. */
export const BASE64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Letters of a code that people type: no vowels, so that no words come about, and none that looks like a digit. */
export const CONSONANTS = "BCDFGHJKLMNPQRST";
