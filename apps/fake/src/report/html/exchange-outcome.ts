import type { JournalEntry } from "../../judge/journal-entry.ts";
import type { Finding } from "../../rules/rule.ts";
import type { Outcome } from "../outcomes.ts";
import { html, type Markup } from "./markup.ts";

/** What rules say against an exchange: failures first. */
export const brokenFindings = ({ findings }: Pick<JournalEntry, "findings">): readonly Finding[] => [
  ...findings.filter(({ level }) => level === "fail"),
  ...findings.filter(({ level }) => level === "warn"),
];

/** The worst that a rule says of an exchange. */
export const exchangeOutcome = (entry: Pick<JournalEntry, "findings">): Outcome =>
  brokenFindings(entry)[0]?.level ?? "pass";

const SIGNS: Readonly<Record<Outcome, string>> = { fail: "✗", warn: "!", pass: "✓" };

/** The mark of an outcome: a sign and a word, so that nobody depends on its colour. */
export const outcomeMark = (outcome: Outcome): Markup =>
  html`<b class="mark ${outcome}"><i aria-hidden="true">${SIGNS[outcome]}</i> ${outcome}</b>`;
