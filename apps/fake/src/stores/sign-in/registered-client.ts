/** A client that registered with IAM Identity Center. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As the client calls itself: whoever confirms is shown it. */
  readonly clientName: string;
  /** Whether it registered a scope of which AWS issues refresh tokens. */
  readonly refreshes: boolean;
  /** Grant types that it restricted itself to; absent where it may use all. */
  readonly grantTypes?: readonly string[] | undefined;
  /** Where its users may be sent back to. */
  readonly redirectUris: readonly string[];
  readonly issuedAt: Date;
  readonly expiration: Date;
}
