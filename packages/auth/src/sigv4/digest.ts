/**
 * The primitives of SigV4. Native and synchronous where the runtime has
 * `node:crypto` (Node, Bun, Deno), WebCrypto elsewhere (workers, browsers).
 */
export interface Digest {
  readonly sha256Hex: (data: Uint8Array | string) => string | Promise<string>;
  readonly hmacSha256: (key: Uint8Array, data: Uint8Array | string) => Uint8Array | Promise<Uint8Array>;
  /**
   * Makes a function that writes the signatures of one key in one scope.
   *
   * @param key The signing key: 32 bytes.
   * @param scope The credential scope as text.
   * @returns A function that signs.
   */
  readonly scopeSigner: (key: Uint8Array, scope: string) => ScopeSigner;
}

/** Writes the signature, in lower-case hexadecimal, of a time and the hash of a canonical request. */
export type ScopeSigner = (amzDate: string, canonicalRequestHash: string) => string | Promise<string>;

/** The one SigV4 algorithm that these services accept. */
export const ALGORITHM = "AWS4-HMAC-SHA256";

type NodeCrypto = typeof import("node:crypto");

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;

let found: Digest | undefined;

// Found by the first hash: to load `node:crypto` takes longer than to load all that hashes with it.
const find = (): Digest => (found ??= nativeDigest(nodeCrypto()) ?? webCryptoDigest(globalThis.crypto?.subtle));

/** The digest of this runtime. */
export const digest: Digest = {
  sha256Hex: (data) => find().sha256Hex(data),
  hmacSha256: (key, data) => find().hmacSha256(key, data),
  scopeSigner: (key, scope) => find().scopeSigner(key, scope),
};

/** Not an import: bundlers for the browser, and workers without the module, must load this file too. */
function nodeCrypto(): NodeCrypto | undefined {
  return typeof process === "object" ? process.getBuiltinModule?.("node:crypto") : undefined;
}

/**
 * Makes a digest on `node:crypto`.
 *
 * @param crypto The module.
 * @returns The digest; `undefined` if the runtime has no such module, or one without `crypto.hash`.
 */
export function nativeDigest(crypto: NodeCrypto | undefined): Digest | undefined {
  if (typeof crypto?.hash !== "function") return undefined;
  const { hash } = crypto;

  // Two one-shot hashes: `createHmac` costs many times as much on Node 24.
  const hmacSha256 = (key: Uint8Array, data: Uint8Array | string): Uint8Array => {
    const text = typeof data === "string" ? encoder.encode(data) : data;
    const inner = new Uint8Array(BLOCK_BYTES + text.length);
    const outer = new Uint8Array(BLOCK_BYTES + HASH_BYTES);
    writePads(key.length > BLOCK_BYTES ? decodeHex(hash("sha256", key, "hex")) : key, inner, outer);
    inner.set(text, BLOCK_BYTES);
    writeHex(hash("sha256", inner, "hex"), outer, BLOCK_BYTES);
    return decodeHex(hash("sha256", outer, "hex"));
  };

  const scopeSigner = (key: Uint8Array, scope: string): ScopeSigner => {
    const head = encoder.encode(stringToSignOf("".padEnd(AMZ_DATE_LENGTH), scope, ""));
    const inner = new Uint8Array(BLOCK_BYTES + head.length + 2 * HASH_BYTES);
    const outer = new Uint8Array(BLOCK_BYTES + HASH_BYTES);
    writePads(key, inner, outer);
    inner.set(head, BLOCK_BYTES);
    const hashAt = BLOCK_BYTES + head.length;
    const dateAt = BLOCK_BYTES + ALGORITHM.length + 1;
    let written = "";
    return (amzDate, canonicalRequestHash) => {
      // A date in another form, such as that of the `Date` header, does not fit between the pads.
      if (amzDate.length !== AMZ_DATE_LENGTH || canonicalRequestHash.length !== 2 * HASH_BYTES) {
        return encodeHex(hmacSha256(key, stringToSignOf(amzDate, scope, canonicalRequestHash)));
      }
      if (amzDate !== written) writeAscii((written = amzDate), inner, dateAt);
      writeAscii(canonicalRequestHash, inner, hashAt);
      writeHex(hash("sha256", inner, "hex"), outer, BLOCK_BYTES);
      return hash("sha256", outer, "hex");
    };
  };

  return { sha256Hex: (data) => hash("sha256", data, "hex"), hmacSha256, scopeSigner };
}

/**
 * Makes a digest on WebCrypto.
 *
 * @param subtle The runtime's `crypto.subtle`.
 * @returns The digest.
 */
export function webCryptoDigest(subtle: SubtleCrypto): Digest {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const importKey = (key: Uint8Array): Promise<CryptoKey> =>
    subtle.importKey("raw", key as BufferSource, algorithm, false, ["sign"]);
  const hmac = async (key: Promise<CryptoKey>, data: Uint8Array | string): Promise<Uint8Array> => {
    const bytes = typeof data === "string" ? encoder.encode(data) : data;
    return new Uint8Array(await subtle.sign("HMAC", await key, bytes as BufferSource));
  };
  return {
    sha256Hex: async (data) => {
      const bytes = typeof data === "string" ? encoder.encode(data) : data;
      return encodeHex(new Uint8Array(await subtle.digest("SHA-256", bytes as BufferSource)));
    },
    hmacSha256: (key, data) => hmac(importKey(key), data),
    scopeSigner: (key, scope) => {
      const imported = importKey(key);
      return async (amzDate, canonicalRequestHash) =>
        encodeHex(await hmac(imported, stringToSignOf(amzDate, scope, canonicalRequestHash)));
    },
  };
}

/**
 * Writes the string to sign.
 *
 * @param amzDate Time of signing as it was sent.
 * @param scope The credential scope as text.
 * @param canonicalRequestHash Lower-case hexadecimal SHA-256 of the canonical request.
 * @returns Four lines, joined by line feeds.
 */
export function stringToSignOf(amzDate: string, scope: string, canonicalRequestHash: string): string {
  return `${ALGORITHM}\n${amzDate}\n${scope}\n${canonicalRequestHash}`;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** `YYYYMMDDTHHMMSSZ`. */
const AMZ_DATE_LENGTH = 16;

/** The two blocks that an HMAC puts before its two hashes. */
function writePads(key: Uint8Array, inner: Uint8Array, outer: Uint8Array): void {
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const byte = key[index] ?? 0;
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
}

function writeAscii(text: string, into: Uint8Array, at: number): void {
  for (let index = 0; index < text.length; index++) into[at + index] = text.charCodeAt(index);
}

function writeHex(hex: string, into: Uint8Array, at: number): void {
  for (let index = 0, position = at; index < hex.length; index += 2, position++) {
    into[position] = (nibble(hex.charCodeAt(index)) << 4) | nibble(hex.charCodeAt(index + 1));
  }
}

/** The value of a lower-case hexadecimal digit, by its code: `0` is 48, `a` is 97. */
const nibble = (code: number): number => (code < 58 ? code - 48 : code - 87);

/**
 * Decodes lower-case hexadecimal.
 *
 * @param hex Pairs of digits; nothing else is checked for.
 * @returns The bytes.
 */
export function decodeHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  writeHex(hex, bytes, 0);
  return bytes;
}

/**
 * Encodes bytes as lower-case hexadecimal.
 *
 * @param bytes Any bytes.
 * @returns Two digits for each byte.
 */
export function encodeHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
