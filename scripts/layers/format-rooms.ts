import type { Member } from "../shared/read-members.ts";
import type { LayerRules } from "./layer-rules.ts";
import { memberTitle } from "./member-title.ts";

/**
 * Writes the rooms of the members for ARCHITECTURE.md.
 *
 * @param rules Which members have rooms.
 * @param members The members of the workspace.
 * @returns Markdown: for each member with rooms a list of its floors, from the ground up.
 */
export function formatRooms({ rooms }: LayerRules, members: readonly Member[]): string {
  return members
    .flatMap((member) => {
      const floors = rooms[member.manifest.name] ?? [];
      const items = floors.map((floor, index) => `${index + 1}. ${floor.map((path) => `\`${path}\``).join(", ")}`);
      return items.length === 0
        ? []
        : [`Rooms of \`${memberTitle(member)}\`, from the ground floor up:\n\n${items.join("\n")}`];
    })
    .join("\n\n");
}
