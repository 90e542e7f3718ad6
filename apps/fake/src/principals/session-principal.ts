import { BASE32 } from "../text/random-text.ts";

/** Who signs requests: a user, or a role that somebody assumed. */
export interface Principal {
  /** Such as `arn:aws:sts::123456789012:assumed-role/reader/session`. */
  readonly arn: string;
  /** `aws:userid`: `AROA…:session` for a role, `AIDA…` for a user. */
  readonly userId: string;
  readonly accountId: string;
}

/** The role of a session. */
export interface SessionRole {
  readonly accountId: string;
  /** Without its path. */
  readonly roleName: string;
  readonly sessionName: string;
  /**
   * Such as `aws-us-gov`.
   *
   * @default {"aws"}
   */
  readonly partition?: string | undefined;
}

/**
 * Makes the principal of a session of a role.
 *
 * @returns Its ARN, its ID and its account.
 */
export function sessionPrincipal({ accountId, roleName, sessionName, partition = "aws" }: SessionRole): Principal {
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  return { arn, userId: userIdOf(arn), accountId };
}

/**
 * Makes the principal of an access key that was configured, and not issued by the fake.
 *
 * @param arn The ARN of its owner; by default that of the one user of the account.
 * @returns Its ARN, its ID and its account.
 */
export function userPrincipal(
  accountId: string,
  arn: string = `arn:aws:iam::${accountId}:user/${USER_NAME}`,
): Principal {
  return { arn, userId: userIdOf(arn), accountId: arn.split(":")[4] ?? accountId };
}

/**
 * Writes what `GetCallerIdentity` gives as the user ID, and `aws:userid` in conditions.
 *
 * @returns Of a user its ID; of a session the ID of its role, a colon and its name.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable | Principal key values}
 */
export function userIdOf(arn: string): string {
  const [, accountId, roleName, sessionName] = SESSION_ARN.exec(arn) ?? [];
  return sessionName === undefined
    ? uniqueId("AIDA", arn)
    : `${uniqueId("AROA", `${accountId}/${roleName}`)}:${sessionName}`;
}

const SESSION_ARN = /:([^:]*):assumed-role\/([^/]+)\/(.+)$/;

const USER_NAME = "administrator";

/**
 * Makes an ID in the form of IAM's by FNV-1a, lengthened.
 *
 * @returns The same for the same name in every run.
 */
export function uniqueId(prefix: "AROA" | "AIDA", name: string): string {
  let state = 0x811c9dc5;
  const mix = (value: number): void => {
    state = Math.imul(state ^ value, 0x01000193) >>> 0;
  };
  for (const letter of name) mix(letter.codePointAt(0) ?? 0);
  let id = prefix;
  while (id.length < ID_LENGTH) {
    mix(id.length);
    id += BASE32.charAt((state >>> 16) % BASE32.length);
  }
  return id;
}

const ID_LENGTH = 21;
