import type { HostCount } from "../stores/host-counts.ts";
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
  format?: (host: string) => string,
): string | undefined {
  return refusedHosts.length === 0 ? undefined : `The proxy refused: ${formatHostCounts(refusedHosts, format)}`;
}

/**
 * Lists hosts, and how often each was asked for.
 *
 * @returns The first of them by name.
 */
export function formatHostCounts(
  hosts: readonly HostCount[],
  format: (host: string) => string = (host) => host,
): string {
  const named = hosts.slice(0, MAX_NAMED).map((asked) => `${format(nameOf(asked))} (${asked.count} x)`);
  const more = hosts.length - named.length;
  return `${named.join(", ")}${more === 0 ? "" : `, and ${more} more`}`;
}

const nameOf = ({ host }: HostCount): string => (host === "*" ? "others" : host);
