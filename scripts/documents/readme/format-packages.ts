import type { Member } from "../../shared/read-members.ts";
import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/**
 * Lists the packages, each with its link and what its package.json says of it.
 *
 * @param members Those that are published.
 * @returns Markdown.
 */
export function formatPackages(members: readonly Member[]): string {
  const rows = members.map(({ folder, manifest }) =>
    tableRow(`[${code(manifest.name)}](${folder})`, manifest.description ?? ""),
  );
  return [tableHead("package", "what it is for"), ...rows].join("\n");
}
