const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 52;
const NOT_HEXADECIMAL = /[^0-9a-f]/g;

/**
 * Makes the random part of the identifier that the service behind Amazon Bedrock gives a request: what follows `req_`.
 *
 * @param uuid A UUID.
 * @returns 52 characters of base32; the same for the same UUID.
 */
export function modelRequestId(uuid: string): string {
  const digits = uuid.toLowerCase().replace(NOT_HEXADECIMAL, "");
  const twice = digits + digits;
  let id = "";
  // Windows of two digits that overlap, the second time around at another offset of the alphabet.
  for (let at = 0; at < LENGTH; at++) {
    const window = Number.parseInt(twice.slice(at, at + 2), 16) + Math.floor(at / digits.length);
    id += ALPHABET.charAt(window % ALPHABET.length);
  }
  return id;
}
