import type { RuleRow, RuleGroup } from "./rule.ts";
import type { RuleId } from "./rule-id.ts";

/** Writes the row of a rule: its name, its level and its texts. */
export type WriteRow = (id: RuleId, level: RuleRow["level"], what: string, fix: string, source: string) => RuleRow;

/**
 * Makes what writes the rows of the rules of one group.
 *
 * @returns A function that writes one row.
 */
export const rowsOf =
  (group: RuleGroup): WriteRow =>
  (id, level, what, fix, source) => ({ id, group, what, level, fix, source });
