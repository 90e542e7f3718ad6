import { createHash, randomBytes } from "node:crypto";
import { TOKEN_PREFIX } from "../../terms/token-prefix.ts";

/** 256 bits: nobody finds one by trying. */
const SECRET_BYTES = 32;

/** Hexadecimal digits of the checksum. */
const CHECKSUM_LENGTH = 8;

/** A whole token: the prefix, 64 digits of the secret, 8 of its checksum. */
const TOKEN: RegExp = /* @__PURE__ */ (() => new RegExp(`^${TOKEN_PREFIX}([0-9a-f]{64})([0-9a-f]{8})$`))();

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const checksumOf = (secret: string): string => sha256(`${TOKEN_PREFIX}${secret}`).slice(0, CHECKSUM_LENGTH);

/**
 * Draws a token: `coagw_`, 256 random bits and a checksum, in hexadecimal digits.
 *
 * @param drawBytes Gives so many random bytes.
 * @returns The token.
 */
export function drawToken(drawBytes: (length: number) => Uint8Array = randomBytes): string {
  const secret = Buffer.from(drawBytes(SECRET_BYTES)).toString("hex");
  return `${TOKEN_PREFIX}${secret}${checksumOf(secret)}`;
}

/**
 * Tells whether a text is a whole token, as {@link drawToken} gives one: the checksum tells one that was cut or mistyped
 * without asking anybody.
 */
export function isWholeToken(text: string): boolean {
  const [, secret, checksum] = TOKEN.exec(text) ?? [];
  return secret !== undefined && checksumOf(secret) === checksum;
}

/**
 * What is kept of a token: SHA-256, in hexadecimal digits. A slow hash would protect a secret that somebody chose; of 256 random
 * bits nobody guesses one, and a slow hash would let strangers spend the gateway's time. Found by its hash, a token needs no
 * comparison in constant time either: what differs in time says something of a hash that nobody can aim at.
 */
export const hashToken = (token: string): string => sha256(token);
