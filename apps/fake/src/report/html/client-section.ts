import { type BrokenRule, brokenRules, countOf, countOutcomes, furtherMistakes, outcomeOf } from "../outcomes.ts";
import type { ClientReport, Report, RuleResult } from "../report.ts";
import { attribute, clipText, formatCount, html, type Markup } from "../../text/markup.ts";
import { outcomeMark } from "./exchange-outcome.ts";

/** What the section of a client knows besides its report. */
export interface ClientContext {
  /** Place of an exchange in the page, from 1, by its ID. */
  readonly places: ReadonlyMap<string, number>;
  readonly maxTextLength: number;
}

/**
 * Shows the clients, as far as there is room for them.
 *
 * @returns `undefined` where there is none.
 */
export function clientsSection({ clients }: Report, sections: readonly Markup[]): Markup | undefined {
  if (clients.length === 0) return undefined;
  const missing = clients.length - sections.length;
  return html`<section class="clients" aria-labelledby="clients">
    <h2 id="clients">Clients</h2>
    ${sections}
    ${missing === 0 ? undefined : html`<p class="note">${countOf(missing, "client")} more are not shown.</p>`}
  </section>`;
}

/**
 * Shows how one client did: the rules that it broke, with the first exchange that did; then those that held.
 *
 * @returns The section of the client.
 */
export function clientSection(client: ClientReport, context: ClientContext): Markup {
  const { fail, warn, pass } = countOutcomes(client);
  const broken = brokenRules(client);
  const passed = client.rules.filter((rule) => outcomeOf(rule) === "pass");
  return html`<section>
    <h3><code>${client.client}</code></h3>
    <p class="counts">
      ${countOf(client.exchanges, "exchange")} · rules: ${fail} failed, ${warn} warned, ${pass} passed
    </p>
    ${
      broken.length === 0
        ? undefined
        : table(
            `Rules that ${client.client} broke`,
            broken.map((rule) => brokenRow(rule, context)),
          )
    }${
      passed.length === 0
        ? undefined
        : html`<details class="more">
            <summary>${countOf(passed.length, "rule")} passed</summary>
            ${table(`Rules that ${client.client} kept to`, passed.map(passedRow))}
          </details>`
    }
  </section>`;
}

const table = (caption: string, rows: readonly Markup[]): Markup =>
  html`<table class="rules">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Result</th>
        <th scope="col">Rule</th>
        <th scope="col">Exchanges</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;

function brokenRow(rule: BrokenRule, { places, maxTextLength }: ClientContext): Markup {
  const { first } = rule;
  const place = places.get(first.exchange);
  const request = html`<code>${clipText(first.request, maxTextLength)}</code>`;
  const causes = furtherMistakes(first).map(
    ({ message }) =>
      html`<dt>Cause</dt>
        <dd>${message}</dd>`,
  );
  return html`<tr class="${rule.level}">
    <td>${outcomeMark(rule.level)}</td>
    <td>
      ${demand(rule)}
      <dl>
        <dt>Found</dt>
        <dd>${clipText(first.message, maxTextLength)}</dd>
        ${causes}
        <dt>Fix</dt>
        <dd class="fix">${first.fix}</dd>
        <dt>First</dt>
        <dd>
          ${place === undefined ? request : html`<a href="#x${place}">Exchange ${formatCount(place)}: ${request}</a>`}
        </dd>
      </dl>
    </td>
    <td class="number">${formatCount(rule.broken)} of ${formatCount(rule.broken + rule.passed)}</td>
  </tr>`;
}

const passedRow = (rule: RuleResult): Markup =>
  html`<tr>
    <td>${outcomeMark("pass")}</td>
    <td>${demand(rule)}</td>
    <td class="number">${formatCount(rule.passed)}</td>
  </tr>`;

const demand = ({ rule, what, source }: RuleResult): Markup =>
  html`<p><code class="id">${rule}</code> ${what} <span class="source">${sourceText(source)}</span></p>`;

/** Where a rule is written down: a link that is named by its host, as the address is long. */
function sourceText(source: string): Markup {
  if (!source.startsWith("https://") || !URL.canParse(source)) return html`${source}`;
  return html`<a href="${attribute(source)}" rel="noreferrer">${new URL(source).host}</a>`;
}
