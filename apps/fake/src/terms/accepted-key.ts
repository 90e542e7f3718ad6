/** An API key that is accepted for a while. */
export interface AcceptedApiKey {
  readonly key: string;
  /** When it ends; absent where it does not. */
  readonly expiration?: Date | undefined;
}

/** A token of IAM Identity Center that is accepted for a while. */
export interface AcceptedSsoToken {
  readonly token: string;
  /** When it ends; absent where it does not. */
  readonly expiration?: Date | undefined;
}
