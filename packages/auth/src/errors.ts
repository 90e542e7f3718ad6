/** What an {@link AuthError} is about. */
export type AuthErrorCode =
  | "AUTHORIZATION_MALFORMED"
  | "CREDENTIAL_MALFORMED"
  | "HOST_MISSING"
  | "HEADER_UNSIGNABLE"
  | "DATE_INVALID";

/** Facts that an {@link AuthError} may carry. */
export interface AuthErrorFacts extends ErrorOptions {
  /** Parameters that the `Authorization` header lacks. */
  readonly missing?: readonly string[];
}

/**
 * Thrown when a request cannot be signed, or an `Authorization` header cannot
 * be read. The message never holds a secret.
 */
export class AuthError extends TypeError {
  override name = "AuthError";
  /** Stable name of what went wrong. */
  readonly code: AuthErrorCode;
  /** Parameters that the `Authorization` header lacks; empty for other errors. */
  readonly missing: readonly string[];

  constructor(code: AuthErrorCode, message: string, { missing = [], ...options }: AuthErrorFacts = {}) {
    super(message, options);
    this.code = code;
    this.missing = missing;
  }
}
