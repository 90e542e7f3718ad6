import type { RefusedHost } from "../stores/refused-hosts.ts";
import type { Report } from "./report.ts";

/** How many hosts are named in a text. */
const MAX_NAMED = 20;

/**
 * Says in a line what a proxy refused.
 *
 * @example Usage
 * ```ts
 * import { formatRefusedHosts } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * const refusedHosts = [{ host: "statsig.anthropic.com:443", count: 2 }];
 * equal(formatRefusedHosts({ refusedHosts }), "The proxy refused: statsig.anthropic.com:443 (2 x)");
 * ```
 *
 * @param report What `report()` of a fake says.
 * @param format Writes a host; the text may stand in a terminal or in Markdown.
 * @returns `undefined` where there was nothing.
 */
export function formatRefusedHosts(
  { refusedHosts = [] }: Pick<Report, "refusedHosts">,
  format: (host: string) => string = (host) => host,
): string | undefined {
  if (refusedHosts.length === 0) return undefined;
  const named = refusedHosts.slice(0, MAX_NAMED).map((refused) => `${format(nameOf(refused))} (${refused.count} x)`);
  const more = refusedHosts.length - named.length;
  return `The proxy refused: ${named.join(", ")}${more === 0 ? "" : `, and ${more} more`}`;
}

const nameOf = ({ host }: RefusedHost): string => (host === "*" ? "others" : host);
