import type { FakeSettings } from "../options.ts";

/** Letters and digits without those that look alike, as Anthropic's identifiers use them. */
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH = 22;

/** The random part of an identifier of Anthropic, such as what follows `req_01`. */
export function randomId({ randomUuid }: Pick<FakeSettings, "randomUuid">): string {
  const hex = randomUuid().replaceAll("-", "");
  let rest = BigInt(`0x${hex}`);
  let id = "";
  while (id.length < LENGTH) {
    id += ALPHABET[Number(rest % 58n)];
    rest /= 58n;
  }
  return id;
}
