import { joinBytes } from "../join-bytes.ts";
import { decodeHex, digest } from "../sigv4/digest.ts";

const encoder = /* @__PURE__ */ new TextEncoder();

/** The runtime's own SHA-256, or HMAC with a secret, in the form that `@smithy/signature-v4` takes. */
export class NativeSha256 {
  readonly #secret: Uint8Array | undefined;
  #parts: Uint8Array[] = [];

  /** @param secret Key of an HMAC; a plain hash where it is left out. */
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? undefined : toBytes(secret);
  }

  /** Adds data. */
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#parts.push(toBytes(data));
  }

  /** The hash of what was added: 32 bytes. */
  async digest(): Promise<Uint8Array> {
    const bytes = this.#parts.reduce((sum, part) => sum + part.length, 0);
    const data = this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : joinBytes(this.#parts, bytes);
    if (this.#secret !== undefined) return digest.hmacSha256(this.#secret, data);
    return decodeHex(await digest.sha256Hex(data));
  }

  /** Forgets what was added. */
  reset(): void {
    this.#parts = [];
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === "string") return encoder.encode(data);
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
