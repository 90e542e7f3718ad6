import type { RuleFacts, RuleGroup } from "./rule.ts";

/** Writes the facts of a rule. */
export type WriteFacts = (
  id: string,
  level: RuleFacts["level"],
  what: string,
  fix: string,
  source: string,
) => RuleFacts;

/** Makes a function that writes the facts of the rules of one group, a row each. */
export const factsOf =
  (group: RuleGroup): WriteFacts =>
  (id, level, what, fix, source) => ({ id, group, what, level, fix, source });
