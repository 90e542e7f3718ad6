/** What a device that was confirmed is given, and again whenever it refreshes. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Absent for a client that registered no scope of which there are refresh tokens. */
  readonly refreshToken?: string | undefined;
  /** How long the access token lasts, in seconds. */
  readonly seconds: number;
}

/** Somebody who signed in: all tokens of theirs end when they sign out. */
export interface SignIn {
  readonly clientId: string;
  readonly refreshes: boolean;
  isOver: boolean;
}
