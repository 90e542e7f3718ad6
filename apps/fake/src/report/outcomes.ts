import type { ClientReport, FirstFailure, RuleResult } from "./report.ts";

/** How a rule came out. */
export type Outcome = "fail" | "warn" | "pass";

/** What a rule came to: its level where an exchange broke it. */
export const outcomeOf = ({ broken, level }: RuleResult): Outcome => (broken === 0 ? "pass" : level);

/** A rule that was broken, and the first exchange that did. */
export interface BrokenRule extends RuleResult {
  readonly first: FirstFailure;
}

const isBroken = (result: RuleResult): result is BrokenRule => result.first !== undefined;

/** The rules that a client broke: those that failed before those that are warned about. */
export function brokenRules({ rules }: Pick<ClientReport, "rules">): readonly BrokenRule[] {
  const broken = rules.filter(isBroken);
  return [...broken.filter(({ level }) => level === "fail"), ...broken.filter(({ level }) => level === "warn")];
}

/** How many rules of a client came out in each way. */
export function countOutcomes({ rules }: Pick<ClientReport, "rules">): Readonly<Record<Outcome, number>> {
  const counts = { fail: 0, warn: 0, pass: 0 };
  for (const rule of rules) counts[outcomeOf(rule)]++;
  return counts;
}

/** The diagnosis of a failure that says more than its message does. */
export const furtherMistakes = ({ diagnosis, message }: FirstFailure): FirstFailure["diagnosis"] =>
  diagnosis.filter((mistake) => !message.startsWith(mistake.message));

/** `1 exchange`, `2 exchanges`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
