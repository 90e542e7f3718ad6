import { countOf, countOutcomes, type Outcome } from "../outcomes.ts";
import type { Report } from "../report.ts";
import type { ListedExchange } from "./exchange-item.ts";
import { exchangeOutcome } from "./exchange-outcome.ts";
import { attribute, formatCount, html, type Markup } from "../../text/markup.ts";

const worst = ({ failed, warned }: Report): Outcome => (failed > 0 ? "fail" : warned > 0 ? "warn" : "pass");

/**
 * States the verdict in one line.
 *
 * @returns Without a full stop.
 */
export function headline(report: Report): string {
  const { clients, exchanges } = report;
  if (exchanges === 0) return "No exchange was seen";
  const outcome = worst(report);
  if (outcome === "pass") return "Every rule held";
  const count = clients.filter((client) => countOutcomes(client)[outcome] > 0).length;
  return `${count} of ${countOf(clients.length, "client")} ${outcome === "fail" ? "failed" : "was warned about"}`;
}

/**
 * Shows the verdict, what it was reached from, and the way to the first failure.
 *
 * @returns The section at the top of the page.
 */
export function summarySection(report: Report, listed: readonly ListedExchange[]): Markup {
  const { exchanges, dropped, clients, failed, warned, passed } = report;
  const first = firstBroken(listed);
  const missing =
    dropped === 0
      ? undefined
      : html`<p class="note">${countOf(dropped, "exchange")} could not be judged: the journal had dropped them.</p>`;
  return html`<section class="summary ${worst(report)}" aria-labelledby="summary">
    <h2 id="summary" tabindex="-1">${headline(report)}</h2>
    <dl class="figures">
      ${figure("Exchanges", exchanges)} ${figure("Clients", clients.length)} ${figure("Rules failed", failed, "fail")}
      ${figure("Rules warned", warned, "warn")} ${figure("Rules passed", passed, "pass")}
    </dl>
    ${missing} ${first && html`<p><a class="go" href="#x${first.place}">Go to the first ${noun(first)}</a></p>`}
  </section>`;
}

const figure = (name: string, value: number, outcome: Outcome | "" = ""): Markup =>
  html`<div class="${attribute(value > 0 ? outcome : "")}">
    <dt>${name}</dt>
    <dd>${formatCount(value)}</dd>
  </div>`;

/**
 * Finds what a reader wants to see first.
 *
 * @returns The first failure that is shown in full; the first warning where nothing failed; `undefined` where every
 * rule held.
 */
export const firstBroken = (listed: readonly ListedExchange[]): ListedExchange | undefined =>
  listed.find(({ neighbours }) => neighbours !== undefined) ??
  listed.find(({ entry, detail }) => detail !== undefined && exchangeOutcome(entry) === "warn");

/**
 * Names what an exchange is to its reader.
 *
 * @returns A word for a link.
 */
export const noun = ({ entry }: ListedExchange): "failure" | "warning" =>
  exchangeOutcome(entry) === "fail" ? "failure" : "warning";
