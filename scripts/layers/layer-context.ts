import type { LayerRules } from "./layer-rules.ts";

/** What a member is checked against. */
export interface LayerContext {
  readonly rules: LayerRules;
  /** Names of all members of the workspace. */
  readonly siblings: ReadonlySet<string>;
  /** What the root package.json gives to the tests of every member, such as vitest. */
  readonly shared: ReadonlySet<string>;
}

/** What a member may import: siblings by name, or all. */
export type LayerRow = readonly string[] | "all";

/**
 * Says in words what a member may import.
 *
 * @param name The member.
 * @param row Its row of the table.
 * @param context Where the note to the row is.
 */
export function describeRow(name: string, row: readonly string[], { rules }: LayerContext): string {
  const note = rules.notes[name];
  return `${name} may import ${row.length === 0 ? "no sibling" : `only ${row.join(", ")}`}${note === undefined ? "" : `; ${note}`}`;
}
