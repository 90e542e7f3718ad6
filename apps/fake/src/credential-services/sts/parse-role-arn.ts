import { parsePrincipalArn } from "../../principals/principal-arn.ts";

/** What the ARN of a role says. */
export interface RoleArn {
  readonly partition: string;
  readonly accountId: string;
  /** Without its path. */
  readonly roleName: string;
}

/**
 * Reads the ARN of a role, with or without a path.
 *
 * @param arn The text.
 * @returns `undefined` where it is not one, but that of a user or of a session of a role.
 */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const parsed = parsePrincipalArn(arn);
  // In conditions, a session has the ARN of its role.
  if (parsed?.type !== "role" || parsed.condition !== arn) return undefined;
  const { partition, accountId, name } = parsed;
  return { partition, accountId, roleName: name };
}
