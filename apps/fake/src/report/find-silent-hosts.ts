import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { JournalEntry } from "../judge/journal-entry.ts";
import type { HostCount } from "../stores/host-counts.ts";

/**
 * Finds hosts to which clients opened a tunnel and then sent no request: who does not trust the certificate that it is shown
 * hangs up there.
 *
 * @param tunnels Hosts with their ports, and how often a tunnel to each was opened.
 * @param exchanges All that came, through a tunnel or not.
 * @returns Those of which no exchange was seen.
 */
export function findSilentHosts(
  tunnels: readonly HostCount[],
  exchanges: readonly JournalEntry[],
): readonly HostCount[] {
  if (tunnels.length === 0) return [];
  const heard = new Set(exchanges.map(({ request: { headers } }) => nameOf(authorityOf(headers))));
  return tunnels.filter(({ host }) => !heard.has(nameOf(host)));
}

const authorityOf = (headers: JournalEntry["request"]["headers"]): string =>
  headerValue(headers, ":authority") ?? headerValue(headers, "host") ?? "";

/** Without the port, which a client leaves out where it is the default one. */
const nameOf = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, "");
