import { join } from "node:path";
import { readJson } from "../shared/read-json.ts";
import { type Member, readMembers } from "../shared/read-members.ts";
import type { Release } from "./published-versions.ts";

/** A version of a package, and the member that it is of. */
export interface MemberRelease extends Release {
  readonly member: Member;
}

/**
 * Reads which versions the members of a workspace have, under their names in both registries.
 *
 * @param root The workspace.
 * @returns One for each member that is published.
 */
export async function readReleases(root: string): Promise<readonly MemberRelease[]> {
  const members = (await readMembers(root)).filter(({ manifest }) => manifest.private !== true);
  return Promise.all(
    members.map(async (member) => {
      const { name: jsrName } = await readJson<{ name: string }>(join(root, member.folder, "deno.json"));
      return { member, npmName: member.manifest.name, jsrName, version: member.manifest.version ?? "" };
    }),
  );
}
