/** The byte that stands before a header value. `true` and `false` are types of their own, with no value after them. */
export const HEADER_TYPE = {
  true: 0,
  false: 1,
  byte: 2,
  short: 3,
  integer: 4,
  long: 5,
  binary: 6,
  string: 7,
  timestamp: 8,
  uuid: 9,
} as const;

/** Range of each number type, both ends included. */
export const NUMBER_RANGE = {
  byte: 0x7f,
  short: 0x7fff,
  integer: 0x7fffffff,
} as const;

/** Longest name in bytes: its length is one byte on the wire. */
export const MAX_NAME_BYTES = 0xff;

/**
 * Longest binary or string value in bytes that is written: the codecs of AWS read its length as a signed number. One that
 * is read may have as many as its two bytes of length say.
 */
export const MAX_VALUE_BYTES = 0x7fff;

/** Furthest time that a `Date` can hold, in milliseconds on either side of 1970. */
export const MAX_TIMESTAMP_MS = 8_640_000_000_000_000;
