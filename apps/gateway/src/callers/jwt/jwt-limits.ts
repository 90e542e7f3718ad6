/** What verifying JWTs keeps to. */
export interface JwtLimits {
  /**
   * How far the clocks of issuers may be off, in seconds.
   *
   * @default {30}
   */
  readonly clockToleranceSeconds: number;
  /**
   * How old the keys of an issuer are when they are fetched again, in milliseconds.
   *
   * @default {600_000}
   */
  readonly keyRefreshMs: number;
  /**
   * How old the keys of an issuer may be where they cannot be fetched, in milliseconds.
   *
   * @default {3_600_000}
   */
  readonly keyKeepMs: number;
  /**
   * How long it takes at least from one fetch of an issuer's keys to the next, in milliseconds, also where a JWT names an unknown one.
   *
   * @default {10_000}
   */
  readonly keyCooldownMs: number;
  /**
   * How long an issuer may take to give its keys, in milliseconds.
   *
   * @default {5_000}
   */
  readonly keyTimeoutMs: number;
  /**
   * The longest answer of an issuer, in bytes.
   *
   * @default {1_048_576}
   */
  readonly maxKeyBytes: number;
  /**
   * How many JWTs are remembered that were verified, until they expire.
   *
   * @default {10_000}
   */
  readonly maxVerifiedJwts: number;
  /**
   * The longest name of a caller or of a group that a claim may give, in characters.
   *
   * @default {256}
   */
  readonly maxClaimLength: number;
  /**
   * The most groups that a claim may give.
   *
   * @default {256}
   */
  readonly maxClaimGroups: number;
}

/** The limits where none are given. */
export const DEFAULT_JWT_LIMITS: JwtLimits = {
  clockToleranceSeconds: 30,
  keyRefreshMs: 600_000,
  keyKeepMs: 3_600_000,
  keyCooldownMs: 10_000,
  keyTimeoutMs: 5_000,
  maxKeyBytes: 1_048_576,
  maxVerifiedJwts: 10_000,
  maxClaimLength: 256,
  maxClaimGroups: 256,
};
