const POLYNOMIAL = 0xedb88320;

/** Eight tables of 256 entries, one after another: entry `k * 256 + b` moves byte `b` on by `k` further bytes. */
const TABLES: Int32Array = /* @__PURE__ */ makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[byte] = crc;
  }
  for (let index = 256; index < tables.length; index++) {
    const previous = tables[index - 256]!;
    tables[index] = (previous >>> 8) ^ tables[previous & 0xff]!;
  }
  return tables;
}

/**
 * CRC-32 of a range of bytes in plain JavaScript, eight bytes a step.
 *
 * @param bytes The bytes.
 * @param start Index of the first byte.
 * @param end Index after the last byte.
 * @returns The checksum as an unsigned 32-bit number.
 */
export function crc32Portable(bytes: Uint8Array, start: number, end: number): number {
  const t = TABLES;
  let crc = -1;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    crc =
      t[0x700 | ((crc ^ bytes[at]!) & 0xff)]! ^
      t[0x600 | (((crc >>> 8) ^ bytes[at + 1]!) & 0xff)]! ^
      t[0x500 | (((crc >>> 16) ^ bytes[at + 2]!) & 0xff)]! ^
      t[0x400 | ((crc >>> 24) ^ bytes[at + 3]!)]! ^
      t[0x300 | bytes[at + 4]!]! ^
      t[0x200 | bytes[at + 5]!]! ^
      t[0x100 | bytes[at + 6]!]! ^
      t[bytes[at + 7]!]!;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]!) & 0xff]!;
  return (crc ^ -1) >>> 0;
}

type Crc32 = (bytes: Uint8Array) => number;

/** The CRC-32 that a runtime has built in. */
export interface NativeCrc32 {
  readonly crc32: Crc32;
  /** For fewer bytes, making a view of them and calling it costs more than the tables do. */
  readonly fromBytes: number;
  /** For an array of fewer bytes that was not viewed before, its first view costs more than the tables do. */
  readonly fromNewBytes: number;
}

/** What is asked of the runtime; declared here, since no runtime's types are required. */
interface Runtime {
  readonly Bun?: { readonly hash?: { readonly crc32?: Crc32 } };
  readonly Deno?: unknown;
  readonly process?: { readonly getBuiltinModule?: (name: string) => { readonly crc32?: Crc32 } | undefined };
}

/**
 * Finds the CRC-32 that the runtime has built in. Where each overtakes the tables was measured on Bun 1.4, Deno 2.9
 * and Node 24. On Bun a small array has no buffer until somebody asks for it.
 *
 * @param runtime The global object to look in.
 * @returns `Bun.hash.crc32` on Bun, `zlib.crc32` on Node and Deno, `undefined` elsewhere.
 */
export function resolveNativeCrc32(runtime: unknown = globalThis): NativeCrc32 | undefined {
  const { Bun, Deno, process } = runtime as Runtime;
  if (typeof Bun?.hash?.crc32 === "function") return { crc32: Bun.hash.crc32, fromBytes: 160, fromNewBytes: 1000 };
  if (typeof process?.getBuiltinModule !== "function") return undefined;
  const zlibCrc32 = process.getBuiltinModule("node:zlib")?.crc32;
  if (typeof zlibCrc32 !== "function") return undefined;
  return { crc32: zlibCrc32, fromBytes: Deno === undefined ? 320 : 80, fromNewBytes: 0 };
}

const NATIVE: NativeCrc32 | undefined = /* @__PURE__ */ resolveNativeCrc32();
const NATIVE_FROM_BYTES: number = /* @__PURE__ */ (() => NATIVE?.fromBytes ?? Number.POSITIVE_INFINITY)();
const NATIVE_FROM_NEW_BYTES: number = /* @__PURE__ */ (() => NATIVE?.fromNewBytes ?? Number.POSITIVE_INFINITY)();
const nativeCrc32: Crc32 = /* @__PURE__ */ (() =>
  NATIVE?.crc32 ?? ((bytes) => crc32Portable(bytes, 0, bytes.length)))();

/**
 * CRC-32 of a range of bytes (the polynomial of IEEE 802.3 and zlib), native where the runtime has one.
 *
 * @param bytes The bytes.
 * @param start Index of the first byte.
 * @param end Index after the last byte.
 * @returns The checksum as an unsigned 32-bit number.
 */
export function crc32(bytes: Uint8Array, start: number, end: number): number {
  return end - start < NATIVE_FROM_BYTES
    ? crc32Portable(bytes, start, end)
    : nativeCrc32(new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start));
}

/**
 * CRC-32 of a range of an array that was just made: as {@link crc32}, but without a view where the first one is dear.
 *
 * @param bytes The bytes.
 * @param start Index of the first byte.
 * @param end Index after the last byte.
 * @returns The checksum as an unsigned 32-bit number.
 */
export function crc32OfNew(bytes: Uint8Array, start: number, end: number): number {
  return bytes.length < NATIVE_FROM_NEW_BYTES ? crc32Portable(bytes, start, end) : crc32(bytes, start, end);
}
