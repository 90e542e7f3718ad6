/**
 * The two primitives of SigV4. Native and synchronous where the runtime has
 * `node:crypto` (Node, Bun, Deno), WebCrypto elsewhere (workers, browsers);
 * callers await either.
 */
export interface Digest {
  readonly sha256Hex: (data: Uint8Array | string) => string | Promise<string>;
  readonly hmacSha256: (key: Uint8Array, data: string) => Uint8Array | Promise<Uint8Array>;
}

type NodeCrypto = typeof import("node:crypto");

/** The digest of this runtime. */
export const digest: Digest = nativeDigest(nodeCrypto()) ?? webCryptoDigest(globalThis.crypto?.subtle);

/** Not an import: bundlers for the browser and workers without it must load this file too. */
function nodeCrypto(): NodeCrypto | undefined {
  return typeof process === "object" ? process.getBuiltinModule?.("node:crypto") : undefined;
}

/** A digest on `node:crypto`; `undefined` where the runtime has none. */
export function nativeDigest(crypto: NodeCrypto | undefined): Digest | undefined {
  if (crypto === undefined) return undefined;
  return {
    sha256Hex: (data) => crypto.createHash("sha256").update(data).digest("hex"),
    hmacSha256: (key, data) => crypto.createHmac("sha256", key).update(data).digest(),
  };
}

/** A digest on WebCrypto. */
export function webCryptoDigest(subtle: SubtleCrypto): Digest {
  const text = new TextEncoder();
  return {
    sha256Hex: async (data) => {
      const bytes = typeof data === "string" ? text.encode(data) : data;
      return encodeHex(new Uint8Array(await subtle.digest("SHA-256", bytes as BufferSource)));
    },
    hmacSha256: async (key, data) => {
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const imported = await subtle.importKey("raw", key as BufferSource, algorithm, false, ["sign"]);
      return new Uint8Array(await subtle.sign("HMAC", imported, text.encode(data)));
    },
  };
}

/** Lower-case hexadecimal. */
export function encodeHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
