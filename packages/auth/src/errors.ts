/** What an {@link AuthError} is about. */
export type AuthErrorCode =
  | "AUTHORIZATION_MALFORMED"
  | "CREDENTIAL_MALFORMED"
  | "HOST_MISSING"
  | "HEADER_UNSIGNABLE"
  | "HEADER_UNDERSCORE"
  | "HEADER_DUPLICATED"
  | "TARGET_UNSIGNABLE"
  | "DATE_INVALID"
  | "EXPIRES_INVALID"
  | "BODY_TOO_LARGE"
  | "REDIRECT_REFUSED"
  | "KEY_MALFORMED"
  | "CREDENTIALS_EXPIRED"
  | "CREDENTIALS_NOT_FOUND"
  | "CREDENTIALS_TIMEOUT"
  | "COMMAND_NOT_FOUND"
  | "COMMAND_NOT_STARTED"
  | "COMMAND_FAILED"
  | "COMMAND_TIMEOUT"
  | "COMMAND_OUTPUT"
  | "PEER_MISSING"
  | "POLICY_MALFORMED"
  | "POLICY_TOO_LARGE";

/** A step of AWS's own chain of credentials. */
export type CredentialStep =
  | "start"
  | "environment"
  | "shared files"
  | "SSO"
  | "credential_process"
  | "web identity"
  | "assumed role"
  | "container"
  | "instance metadata"
  | "container or instance metadata";

/** What an {@link AuthError} may carry besides its code. */
export interface AuthErrorDetails extends ErrorOptions {
  /** Parameters that the `Authorization` header lacks. */
  readonly missing?: readonly string[] | undefined;
  /** The header that cannot be signed, in lower case. */
  readonly header?: string | undefined;
  /** The step of the credential chain that failed. */
  readonly step?: CredentialStep | undefined;
  /** The exit status of the command that failed. */
  readonly status?: number | undefined;
  /** The package to install. */
  readonly packageName?: string | undefined;
  /** JSON path of what cannot be read in a policy. */
  readonly path?: string | undefined;
}

/**
 * Thrown when a request cannot be signed, a key, header or policy cannot be
 * read, a command cannot be run, or credentials cannot be had. The message never holds a secret.
 */
export class AuthError extends Error {
  override name = "AuthError";
  /** Stable name of what went wrong. */
  readonly code: AuthErrorCode;
  /** Parameters that the `Authorization` header lacks; empty for other errors. */
  readonly missing: readonly string[];
  /** The header that cannot be signed, where one is to blame. */
  readonly header: string | undefined;
  /** The step of the credential chain that failed, with `CREDENTIALS_TIMEOUT` and `CREDENTIALS_NOT_FOUND`. */
  readonly step: CredentialStep | undefined;
  /** The exit status of the command, as a shell writes it, with `COMMAND_FAILED`. */
  readonly status: number | undefined;
  /** The package to install, with `PEER_MISSING`. */
  readonly packageName: string | undefined;
  /** JSON path of what cannot be read, with `POLICY_MALFORMED` and `POLICY_TOO_LARGE`. */
  readonly path: string | undefined;

  constructor(code: AuthErrorCode, message: string, details: AuthErrorDetails = {}) {
    const { missing = [], header, step, status, packageName, path, ...options } = details;
    super(message, options);
    this.code = code;
    this.missing = missing;
    this.header = header;
    this.step = step;
    this.status = status;
    this.packageName = packageName;
    this.path = path;
  }
}
