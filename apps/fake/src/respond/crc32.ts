const POLYNOMIAL = 0xedb88320;
const BYTES_AT_ONCE = 8;

/** Eight tables of 256, one behind the other: what a byte does to the checksum when so many bytes follow it. */
const TABLES: Int32Array = /* @__PURE__ */ makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(BYTES_AT_ONCE * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[byte] = value;
  }
  for (let index = 256; index < tables.length; index++) {
    const before = tables[index - 256] ?? 0;
    tables[index] = (before >>> 8) ^ (tables[before & 0xff] ?? 0);
  }
  return tables;
}

/**
 * CRC-32 of a part of a buffer. The one in `node:zlib` takes a view of the part, and making one for each message of a stream
 * costs Bun and Deno more than the checksum itself.
 *
 * @returns From 0 to 2³² - 1.
 */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  const t = TABLES;
  let crc = -1;
  let at = start;
  for (const last = end - BYTES_AT_ONCE; at <= last; at += BYTES_AT_ONCE) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t[1792 + (crc & 0xff)]! ^
      t[1536 + ((crc >>> 8) & 0xff)]! ^
      t[1280 + ((crc >>> 16) & 0xff)]! ^
      t[1024 + (crc >>> 24)]! ^
      t[768 + bytes[at + 4]!]! ^
      t[512 + bytes[at + 5]!]! ^
      t[256 + bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}
