import type { JournalEntry } from "../../judge/journal-entry.ts";
import type { Finding } from "../../rules/rule.ts";
import type { Outcome } from "../outcomes.ts";
import { html, type Markup } from "../../text/markup.ts";

/**
 * Lists what rules say against an exchange.
 *
 * @returns Failures first.
 */
export const brokenFindings = ({ findings }: Pick<JournalEntry, "findings">): readonly Finding[] => [
  ...findings.filter(({ level }) => level === "fail"),
  ...findings.filter(({ level }) => level === "warn"),
];

/**
 * Finds the worst that a rule says of an exchange.
 *
 * @returns `pass` where none says anything against it.
 */
export const exchangeOutcome = (entry: Pick<JournalEntry, "findings">): Outcome =>
  brokenFindings(entry)[0]?.level ?? "pass";

const SIGNS: Readonly<Record<Outcome, string>> = { fail: "✗", warn: "!", pass: "✓" };

/**
 * Marks an outcome with a sign and a word, so that nobody depends on its colour.
 *
 * @returns The mark.
 */
export const outcomeMark = (outcome: Outcome): Markup =>
  html`<b class="mark ${outcome}"><i aria-hidden="true">${SIGNS[outcome]}</i> ${outcome}</b>`;
