import type { FakeSettings } from "../options.ts";

/** Letters and digits without those that look alike, as Anthropic's identifiers use them. */
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH = 22;

/** The random part of an identifier of Anthropic, such as what follows `req_01`. */
export function randomId({ randomUuid }: Pick<FakeSettings, "randomUuid">): string {
  const hex = randomUuid().replaceAll("-", "");
  let id = "";
  // Windows of three digits that overlap: fewer bits than letters, but as many as the UUID has.
  for (let at = 0; at < LENGTH; at++) id += ALPHABET[Number.parseInt(hex.slice(at, at + 3), 16) % ALPHABET.length];
  return id;
}
