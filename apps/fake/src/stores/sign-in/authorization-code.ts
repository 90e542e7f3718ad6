/** A code that somebody's browser carried to a client, for tokens. */
export interface AuthorizationCode {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** SHA-256 of what the client proves it with, in base64url. */
  readonly codeChallenge: string;
  readonly expiration: Date;
  /** Whether tokens were issued for it: that happens once. */
  isSpent: boolean;
}
