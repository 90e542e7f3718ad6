import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { SECRET_PREFIX, TOKEN_PREFIX } from "../../terms/issued-form.ts";
import { type Principal, type SessionRole, sessionPrincipal } from "../../principals/session-principal.ts";
import { BASE32, BASE64, randomBytes, randomText } from "../../text/random-text.ts";

/** Temporary credentials of a role. */
export interface IssuedCredentials extends AwsCredentials {
  readonly sessionToken: string;
  readonly issuedAt: Date;
  readonly expiration: Date;
  /** Who signs with them. */
  readonly principal: Principal;
}

/** Letters after `ASIA`, letters of a secret access key, and bytes of a token. */
const ID_LENGTH = 16;
const SECRET_LENGTH = 40;
const TOKEN_BYTES = 336;

/** The last second that the services can write: a year has four digits. */
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

/**
 * Makes temporary credentials in the form of AWS's own: an access key ID that
 * begins with `ASIA`, a secret of 40 letters, an opaque token. All of it is
 * random; nothing can be worked out from it.
 *
 * @param seconds How long they last. They end on a whole second, as the services write it, and not earlier; never after the year 9999.
 * @returns The credentials, and whose they are.
 */
export function issueCredentials(role: SessionRole, seconds: number, now: Date): IssuedCredentials {
  const token = btoa(String.fromCharCode(...randomBytes(TOKEN_BYTES)));
  return {
    accessKeyId: `ASIA${randomText(ID_LENGTH, BASE32)}`,
    secretAccessKey: `${SECRET_PREFIX}${randomText(SECRET_LENGTH - SECRET_PREFIX.length, BASE64)}`,
    sessionToken: `${TOKEN_PREFIX}${token}`,
    issuedAt: now,
    expiration: new Date(Math.min(LAST_SECOND, Math.ceil(now.getTime() / 1000 + seconds)) * 1000),
    principal: sessionPrincipal(role),
  };
}
