import { AuthError } from "../errors.ts";

/** Errors that mean a login by their name, whatever they say. */
const NAMES: ReadonlySet<string> = new Set(["ExpiredToken", "ExpiredTokenException"]);

/** What the chains of AWS say where somebody has to log in. */
const WORDS =
  /\b(?:expired|aws (?:sso )?login|(?:not|no longer) (?:signed|logged) in|signed out|logged out|session .*invalid|refresh)\b/i;

/** What has expired there is no login. */
const NO_LOGIN = /\bcertificate\b/i;

/** How many causes are followed: one may stand for itself. */
const MAX_CAUSES = 5;

/**
 * Tells whether a chain of credentials failed because a login has ended, rather than because there is nothing to find or
 * something else went wrong.
 *
 * @param cause What the chain threw: an {@link AuthError}, an error of AWS's SDK, or anything of a chain of one's own.
 * @returns Whether it, or an error behind it, says that somebody has to log in.
 */
export function saysSignedOut(cause: unknown): boolean {
  if (cause instanceof AuthError && cause.code !== "CREDENTIALS_NOT_FOUND") return false;
  let error = cause;
  for (let depth = 0; depth < MAX_CAUSES && error instanceof Error; depth++) {
    if (NO_LOGIN.test(error.message)) return false;
    if (NAMES.has(error.name) || WORDS.test(error.message)) return true;
    error = error.cause;
  }
  return false;
}
