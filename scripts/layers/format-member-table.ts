import type { Member } from "../shared/read-members.ts";
import { isWithin } from "./is-within.ts";
import type { LayerRules } from "./layer-rules.ts";
import { memberTitle } from "./member-title.ts";

/**
 * Writes the table of members for ARCHITECTURE.md.
 *
 * @param rules Who may import whom. A row whose member is still to come is left out.
 * @param members The members of the workspace.
 * @returns Markdown: a row for each member, in the order of the rules; those that may import the same share one.
 */
export function formatMemberTable(rules: LayerRules, members: readonly Member[]): string {
  const titles = new Map(members.map((member) => [member.manifest.name, code(memberTitle(member))]));
  const names = importable(rules, members);
  const rights = [
    ...Object.entries(rules.mayImport).flatMap(([name, row]) => {
      const title = titles.get(name);
      const siblings = row.flatMap((sibling) => titles.get(sibling) ?? []);
      const isAll = names.every((other) => other === name || row.includes(other));
      return title === undefined ? [] : [{ title, right: withNote(describe(siblings, isAll), rules.notes[name]) }];
    }),
    ...rules.mayImportAll.map(({ folder, why }) => ({ title: code(folder), right: `all; private: ${why}` })),
  ];
  const groups = Map.groupBy(rights, ({ right }) => right);
  return [
    "| member | may import |",
    "|---|---|",
    ...[...groups].map(([right, group]) => `| ${group.map(({ title }) => title).join(", ")} | ${right} |`),
  ].join("\n");
}

/** Names of the members that others may import at all. */
function importable({ mayImportAll, fixtures }: LayerRules, members: readonly Member[]): string[] {
  return members
    .filter((member) => !mayImportAll.some(({ folder }) => isWithin(member.folder, folder)))
    .map(({ manifest }) => manifest.name)
    .filter((name) => name !== fixtures);
}

function describe(siblings: readonly string[], isAll: boolean): string {
  if (siblings.length === 0) return "no sibling";
  return isAll ? "all" : siblings.join(", ");
}

function withNote(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text}; ${note}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
