/**
 * What an {@link AuthError} is about.
 *
 * | code | meaning |
 * |---|---|
 * | `AUTHORIZATION_MALFORMED` | an `Authorization` header is not one of SigV4; `missing` names what it lacks |
 * | `CREDENTIAL_MALFORMED` | its credential has other than five parts |
 * | `HOST_MISSING` | a request has no `host`, or one that names neither service nor region |
 * | `HEADER_UNSIGNABLE` | a header that is to be signed is not in the request; `header` names it |
 * | `HEADER_UNDERSCORE` | a header has `_` in its name, which the front end of AWS drops; `header` names it |
 * | `HEADER_DUPLICATED` | a header is given twice, which arrives as one; `header` names it |
 * | `TARGET_UNSIGNABLE` | AWS's own signer does not take this path or query |
 * | `DATE_INVALID` | the date to sign with is not a time |
 * | `EXPIRES_INVALID` | a lifetime is not a whole number of seconds within the bounds |
 * | `BODY_TOO_LARGE` | a body is longer than `maxBodyBytes` |
 * | `REDIRECT_REFUSED` | an answer redirects to where the authentication does not belong, or a body cannot be sent again |
 * | `KEY_MALFORMED` | an API key is not one, or was cut or damaged when it was copied |
 * | `CREDENTIALS_EXPIRED` | the credentials ended before the key was made that they were to sign |
 * | `CREDENTIALS_NOT_FOUND` | there are no credentials, or a part of the key pair is not text; `step` says where the chain stopped |
 * | `CREDENTIALS_TIMEOUT` | the chain took longer than `timeoutMs`; `step` says where |
 * | `COMMAND_NOT_FOUND` | there is no such command |
 * | `COMMAND_NOT_STARTED` | the command exists and does not start |
 * | `COMMAND_FAILED` | a command of the settings ended with an exit status other than 0, which is `status` |
 * | `COMMAND_TIMEOUT` | a command took longer than `timeoutMs` |
 * | `COMMAND_OUTPUT` | a command printed more than `maxOutputBytes`, or no credentials |
 * | `PEER_MISSING` | a package of yours is not installed; `packageName` names it |
 * | `POLICY_MALFORMED` | a policy cannot be read; `path` says where |
 * | `POLICY_TOO_LARGE` | a policy is longer than `maxCharacters` |
 */
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
