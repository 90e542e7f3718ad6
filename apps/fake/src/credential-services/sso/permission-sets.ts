import type { FakeSettings } from "../../settings/fake-settings.ts";
import { uniqueId } from "../../principals/session-principal.ts";

/** What the name of a role begins with that Identity Center made. */
const RESERVED = "AWSReservedSSO_";

/** What it ends with: a name that was cut to 32 letters, and 16 more. */
const RESERVED_ROLE = new RegExp(`^${RESERVED}(.+)_[0-9a-z]{16}$`);

/** What is listed where no such role was configured: any other is handed out as well. */
const ANY_PERMISSION_SET = "AdministratorAccess";

/**
 * Finds the role that Identity Center makes of a permission set in an account: the one that was configured, or one of our
 * own.
 *
 * @returns Its name.
 */
export function reservedRoleName(permissionSet: string, { principals }: Pick<FakeSettings, "principals">): string {
  const name = permissionSet.slice(0, MAX_NAME_LENGTH);
  const configured = principals?.roleNames.find((role) => RESERVED_ROLE.exec(role)?.[1] === name);
  return configured ?? `${RESERVED}${name}_${uniqueId("AROA", permissionSet).slice(4, 20).toLowerCase()}`;
}

/** A role's name has 64 letters at most. */
const MAX_NAME_LENGTH = 32;

/**
 * Lists the permission sets of which there are roles in the account.
 *
 * @returns Their names, each once.
 */
export function permissionSets({ principals }: Pick<FakeSettings, "principals">): readonly string[] {
  const configured = principals?.roleNames.flatMap((role) => RESERVED_ROLE.exec(role)?.[1] ?? []) ?? [];
  return configured.length === 0 ? [ANY_PERMISSION_SET] : [...new Set(configured)];
}
