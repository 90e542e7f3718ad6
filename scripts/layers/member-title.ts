import type { Member } from "../shared/read-members.ts";

/**
 * Says what a member is called among ourselves.
 *
 * @param member One of the workspace.
 * @returns The name of its folder, such as `auth`.
 */
export function memberTitle({ folder }: Member): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}
