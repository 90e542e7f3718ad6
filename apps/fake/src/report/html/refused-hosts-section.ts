import type { HostCount } from "../../stores/host-counts.ts";
import { WHY_SILENT } from "../format-proxy-notes.ts";
import { countOf } from "../outcomes.ts";
import type { Report } from "../report.ts";
import { attribute, clipText, formatCount, html, type Markup } from "../../text/markup.ts";

/** How many hosts are named: as many as a fake tells apart, and the line for the others. */
const MAX_NAMED = 101;

/**
 * Shows what a proxy refused, and how often.
 *
 * @returns `undefined` where it refused nothing.
 */
export const refusedHostsSection = ({ refusedHosts = [] }: Report, maxTextLength: number): Markup | undefined =>
  hostsSection("refused", "Hosts that the proxy refused", refusedHosts, maxTextLength);

/**
 * Shows to which hosts of AWS clients opened a tunnel without sending a request.
 *
 * @returns `undefined` where none did.
 */
export const silentHostsSection = ({ silentHosts = [] }: Report, maxTextLength: number): Markup | undefined =>
  hostsSection(
    "silent",
    "Hosts to which a client connected, and sent no request",
    silentHosts,
    maxTextLength,
    WHY_SILENT,
  );

function hostsSection(
  id: "refused" | "silent",
  title: string,
  hosts: readonly HostCount[],
  maxTextLength: number,
  note?: string,
): Markup | undefined {
  if (hosts.length === 0) return undefined;
  const missing = hosts.length - MAX_NAMED;
  const rows = hosts.slice(0, MAX_NAMED).map(
    ({ host, count }) =>
      html`<li>
        ${host === "*" ? "Others" : html`<code>${clipText(host, maxTextLength)}</code>`}
        <span class="note">${formatCount(count)} ×</span>
      </li>`,
  );
  return html`<section class="refused" aria-labelledby="${attribute(id)}">
    <h2 id="${attribute(id)}">${title}</h2>
    <ul>
      ${rows}
    </ul>
    ${note === undefined ? undefined : html`<p class="note">${note}</p>`}
    ${missing > 0 ? html`<p class="note">${countOf(missing, "host")} more are not shown.</p>` : undefined}
  </section>`;
}
