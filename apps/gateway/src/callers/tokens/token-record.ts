/** What is kept of a token. The token itself is not. */
export interface TokenRecord {
  /** The caller whose token it is: what the audit and budgets call it. Several tokens may be of one caller. */
  readonly name: string;
  /** SHA-256 of the token, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Groups that the caller belongs to. */
  readonly groups: readonly string[];
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  /** ISO 8601 in UTC; null for one that does not expire. */
  readonly expiresAt: string | null;
  /** ISO 8601 in UTC; null for one that was not revoked. */
  readonly revokedAt: string | null;
}

/** Digits of the hash that name a token among those of one caller. */
const ID_LENGTH = 12;

/**
 * The name of a token among others of its caller: the first 12 digits of its hash. Whoever finds a token that leaked finds its record by
 * them.
 *
 * @param record What is kept of it.
 * @returns Its ID.
 */
export const tokenId = ({ sha256 }: Pick<TokenRecord, "sha256">): string => sha256.slice(0, ID_LENGTH);

/** What the name of a caller or of a group may be: visible, without quotes, and no option of a command. */
const NAME = /^(?!-)[^\p{C}\p{Z}"'`\\]{1,128}$/u;

/** Tells whether a text can name the caller of a token, or a group. */
export const isCallerName = (text: string): boolean => NAME.test(text);
