import { formatHostCounts, formatRefusedHosts } from "./format-refused-hosts.ts";
import type { Report } from "./report.ts";

/**
 * Says what a fake that is a proxy has seen besides exchanges: hosts that it refused, and hosts of AWS to which a client
 * connected without sending a request.
 *
 * @example Usage
 * ```ts
 * import { formatProxyNotes } from "@claude-on-aws/fake/server";
 * import { deepEqual } from "node:assert/strict";
 *
 * const refusedHosts = [{ host: "statsig.anthropic.com:443", count: 2 }];
 * deepEqual(formatProxyNotes({ refusedHosts }), ["The proxy refused: statsig.anthropic.com:443 (2 x)"]);
 * ```
 *
 * @param report What `report()` of a fake says.
 * @param format Writes a host; the text may stand in a terminal or in Markdown.
 * @returns A line for each; empty where there was nothing.
 */
export function formatProxyNotes(
  report: Pick<Report, "refusedHosts" | "silentHosts">,
  format?: (host: string) => string,
): readonly string[] {
  const { silentHosts = [] } = report;
  const refused = formatRefusedHosts(report, format);
  return [
    ...(refused === undefined ? [] : [refused]),
    ...(silentHosts.length === 0 ? [] : [`${SILENT}: ${formatHostCounts(silentHosts, format)}. ${WHY_SILENT}`]),
  ];
}

const SILENT = "A client connected through the proxy and sent no request";

/** Why a client hangs up before it asks. */
export const WHY_SILENT =
  "Most likely it did not trust the certificate: have it read the file that NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name.";
