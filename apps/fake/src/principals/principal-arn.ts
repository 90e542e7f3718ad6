import { IAM_NAME } from "../terms/iam-name.ts";

/** What the ARN of a user, of a role or of a session of a role says. */
export interface PrincipalArn {
  /** Such as `aws-us-gov`. */
  readonly partition: string;
  readonly accountId: string;
  readonly type: "user" | "role";
  /** Without its path. */
  readonly name: string;
  /** The ARN of whoever sends requests: of a role, that of a session. */
  readonly caller: string;
  /** The ARN in conditions: of a session, that of its role. */
  readonly condition: string;
}

/** Name of the session of a role whose credentials were configured. */
const SESSION_NAME = "session";

/**
 * Writes the ARN of a user.
 *
 * @returns Such as `arn:aws:iam::123456789012:user/alice`.
 */
export const userArn = (accountId: string, name: string): string => `arn:aws:iam::${accountId}:user/${name}`;

/**
 * Reads the ARN of a principal.
 *
 * @returns `undefined` where it is that of no user, role or session of a role.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html | IAM identifiers}
 */
export function parsePrincipalArn(arn: string): PrincipalArn | undefined {
  const [, partition = "", service, accountId = "", type, path] = FORM.exec(arn) ?? [];
  if (path === undefined) return undefined;
  const parts = path.split("/");
  const name = (type === "assumed-role" ? parts[0] : parts.at(-1)) ?? "";
  if (!IAM_NAME.test(name)) return undefined;
  if (service === "sts") {
    if (type !== "assumed-role" || parts.length !== 2 || !IAM_NAME.test(parts[1] ?? "")) return undefined;
    const condition = `arn:${partition}:iam::${accountId}:role/${name}`;
    return { partition, accountId, type: "role", name, caller: arn, condition };
  }
  if (type === "user") return { partition, accountId, type, name, caller: arn, condition: arn };
  if (type !== "role") return undefined;
  const caller = `arn:${partition}:sts::${accountId}:assumed-role/${name}/${SESSION_NAME}`;
  return { partition, accountId, type, name, caller, condition: arn };
}

const FORM = /^arn:(aws|aws-cn|aws-us-gov):(iam|sts)::(\d{12}):(user|role|assumed-role)\/([\x21-\x7e]{1,576})$/;
