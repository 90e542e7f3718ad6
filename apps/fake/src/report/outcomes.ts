import type { ClientReport, FirstFailure, RuleResult } from "./report.ts";

/** How a rule came out. */
export type Outcome = "fail" | "warn" | "pass";

/**
 * Says how a rule came out.
 *
 * @returns Its level where an exchange broke it.
 */
export const outcomeOf = ({ broken, level }: RuleResult): Outcome => (broken === 0 ? "pass" : level);

/** A rule that was broken, and the first exchange that did. */
export interface BrokenRule extends RuleResult {
  readonly first: FirstFailure;
}

const isBroken = (result: RuleResult): result is BrokenRule => result.first !== undefined;

/**
 * Lists the rules that a client broke.
 *
 * @returns Those that failed before those that are warned about.
 */
export function brokenRules({ rules }: Pick<ClientReport, "rules">): readonly BrokenRule[] {
  const broken = rules.filter(isBroken);
  return [...broken.filter(({ level }) => level === "fail"), ...broken.filter(({ level }) => level === "warn")];
}

/**
 * Counts how many rules of a client came out in each way.
 *
 * @returns A number for each outcome.
 */
export function countOutcomes({ rules }: Pick<ClientReport, "rules">): Readonly<Record<Outcome, number>> {
  const counts = { fail: 0, warn: 0, pass: 0 };
  for (const rule of rules) counts[outcomeOf(rule)]++;
  return counts;
}

/**
 * Picks from the diagnosis of a failure what says more than its message does.
 *
 * @returns Nothing where the message says it all.
 */
export const furtherMistakes = ({ diagnosis, message }: FirstFailure): FirstFailure["diagnosis"] =>
  diagnosis.filter((mistake) => !message.startsWith(mistake.message));

/**
 * Writes a number with its noun.
 *
 * @returns `1 exchange`, `2 exchanges`.
 */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
