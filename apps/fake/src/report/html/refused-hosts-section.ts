import { countOf } from "../outcomes.ts";
import type { Report } from "../report.ts";
import { clipText, formatCount, html, type Markup } from "../../text/markup.ts";

/** How many hosts are named: as many as a fake tells apart, and the line for the others. */
const MAX_NAMED = 101;

/**
 * Shows what a proxy refused, and how often.
 *
 * @returns `undefined` where it refused nothing.
 */
export function refusedHostsSection({ refusedHosts = [] }: Report, maxTextLength: number): Markup | undefined {
  if (refusedHosts.length === 0) return undefined;
  const missing = refusedHosts.length - MAX_NAMED;
  const rows = refusedHosts.slice(0, MAX_NAMED).map(
    ({ host, count }) =>
      html`<li>
        ${host === "*" ? "Others" : html`<code>${clipText(host, maxTextLength)}</code>`}
        <span class="note">${formatCount(count)} ×</span>
      </li>`,
  );
  return html`<section class="refused" aria-labelledby="refused">
    <h2 id="refused">Hosts that the proxy refused</h2>
    <ul>
      ${rows}
    </ul>
    ${missing > 0 ? html`<p class="note">${countOf(missing, "host")} more are not shown.</p>` : undefined}
  </section>`;
}
