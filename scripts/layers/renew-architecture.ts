import type { Member } from "../shared/read-members.ts";
import { replaceSection } from "../shared/replace-section.ts";
import { formatMemberTable } from "./format-member-table.ts";
import { formatRooms } from "./format-rooms.ts";
import type { LayerRules } from "./layer-rules.ts";

/** Where what is written comes from. */
const RULES = "scripts/layers/layer-rules.ts";

/**
 * Writes what the rules say into ARCHITECTURE.md, so that it shows the picture that is checked.
 *
 * @param text The file as it is.
 * @param rules Who may import whom.
 * @param members The members of the workspace.
 * @returns The file as it should be.
 * @throws {RangeError} A section for it is missing.
 */
export function renewArchitecture(text: string, rules: LayerRules, members: readonly Member[]): string {
  const withTable = replaceSection(text, { name: "members", origin: RULES }, formatMemberTable(rules, members));
  return replaceSection(withTable, { name: "rooms", origin: RULES }, formatRooms(rules, members));
}
