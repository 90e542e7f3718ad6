/** Letters and digits without those that look alike, as Anthropic's identifiers use them. */
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH = 22;

/** How many digits a window has, and the mask that keeps that many. */
const WINDOW = 3;
const WINDOW_MASK = 0xfff;

const NO_DIGIT = 0xff;

/** The value of each hexadecimal digit, by its code; nothing else of a UUID is read. A table: every answer has two such ids. */
const DIGITS: Uint8Array = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}

/** The code of the letter for each window. */
const LETTERS: Uint8Array = Uint8Array.from({ length: WINDOW_MASK + 1 }, (_, window) =>
  ALPHABET.charCodeAt(window % ALPHABET.length),
);

/** An identifier is written here: to put it together letter by letter costs three times as much. */
const WRITTEN: Buffer = Buffer.alloc(LENGTH);

/**
 * Makes the random part of an identifier of Anthropic, such as what follows `req_01`.
 *
 * @returns 22 letters and digits; the same for the same UUID.
 */
export function randomId({ randomUuid }: { readonly randomUuid: () => string }): string {
  const uuid = randomUuid();
  let length = 0;
  let window = 0;
  let read = 0;
  // Windows of three digits that overlap: fewer bits than letters, but as many as the UUID has.
  for (let at = 0; at < uuid.length && length < LENGTH; at++) {
    const digit = DIGITS[uuid.charCodeAt(at)] ?? NO_DIGIT;
    if (digit === NO_DIGIT) continue;
    window = ((window << 4) | digit) & WINDOW_MASK;
    if (++read >= WINDOW) WRITTEN[length++] = LETTERS[window] ?? 0;
  }
  return WRITTEN.toString("latin1", 0, length);
}
