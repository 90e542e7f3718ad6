import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { encodeUriComponent } from "../../sigv4/encode-uri-component.ts";
import type { DiagnosisCode } from "../codes.ts";
import type { Alternative } from "../parts.ts";

/** Ways in which space comes along when a secret is copied or read from a file. */
const WITH_SPACE: readonly ((secret: string) => string)[] = [
  (secret) => `${secret}\n`,
  (secret) => `${secret} `,
  (secret) => ` ${secret}`,
  (secret) => `${secret}\r\n`,
  (secret) => `${secret}\r`,
  (secret) => `${secret}\t`,
  (secret) => `\t${secret}`,
  (secret) => `\n${secret}`,
  (secret) => ` ${secret} `,
  (secret) => `${secret}\n\n`,
  (secret) => `${secret}  `,
  (secret) => `  ${secret}`,
  (secret) => ` ${secret}\n`,
  (secret) => `\r\n${secret}`,
  (secret) => `\n${secret}\n`,
  (secret) => `\t${secret}\t`,
  (secret) => secret.trim(),
];

const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (sequence) => sequence.toLowerCase());

/** Ways in which a secret is encoded for a URL it should not be in, or decoded although it was not encoded. */
const URL_ENCODED: readonly ((secret: string) => string)[] = [
  encodeUriComponent,
  (secret) => lowerHex(encodeUriComponent(secret)),
  (secret) => secret.replaceAll("/", "%2F"),
  (secret) => secret.replaceAll("+", "%2B"),
  (secret) => secret.replaceAll("+", " "),
  (secret) => encodeUriComponent(encodeUriComponent(secret)),
  (secret) => secret.replaceAll("/", "%2f"),
  (secret) => secret.replaceAll("+", "%2b"),
  decode,
];

function decode(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret;
  }
}

const MAX_OTHER_KEYS = 20;

/**
 * The secret as it may have been misread, and the secrets of other keys.
 *
 * @param secret The right secret, where it is known.
 * @param others Credentials of other keys.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function secretAlternatives(
  secret: string | undefined,
  others: readonly AwsCredentials[],
): readonly Alternative[] {
  const found: Alternative[] = [];
  const add = (text: string, codes: readonly DiagnosisCode[], cost: number, signed?: string): void => {
    found.push({ slot: "secret", change: { secret: text }, mistakes: codes.map((code) => ({ code, signed })), cost });
  };
  if (secret !== undefined) {
    WITH_SPACE.forEach((change, index) => add(change(secret), ["SECRET_WHITESPACE"], index < 8 ? 1 : 2));
    URL_ENCODED.forEach((change, index) => add(change(secret), ["SECRET_URL_ENCODED"], index < 5 ? 1 : 2));
    for (const encode of URL_ENCODED.slice(0, 3)) {
      for (const space of WITH_SPACE.slice(0, 8)) {
        add(space(encode(secret)), ["SECRET_URL_ENCODED", "SECRET_WHITESPACE"], 2);
        add(encode(space(secret)), ["SECRET_URL_ENCODED", "SECRET_WHITESPACE"], 2);
      }
    }
  }
  for (const { accessKeyId, secretAccessKey: other } of others.slice(0, MAX_OTHER_KEYS)) {
    add(other, ["SECRET_OF_OTHER_KEY"], 1, accessKeyId);
    for (const space of WITH_SPACE.slice(0, 8))
      add(space(other), ["SECRET_OF_OTHER_KEY", "SECRET_WHITESPACE"], 2, accessKeyId);
    for (const encode of URL_ENCODED.slice(0, 5))
      add(encode(other), ["SECRET_OF_OTHER_KEY", "SECRET_URL_ENCODED"], 2, accessKeyId);
  }
  return found;
}
