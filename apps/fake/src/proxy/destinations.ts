import { isOwnHost } from "../terms/own-host.ts";
import { isImpersonated } from "../terms/is-impersonated.ts";
import type { ProxyTarget } from "./parse-authority.ts";
import type { RefusedHosts } from "../stores/refused-hosts.ts";

/** What lies behind a place that a client wants to reach: the fake itself, an AWS host in TLS or plain text, or nothing. */
export type Destination = "own" | "https" | "http" | "refused";

/** What decides where a request to the proxy goes. No connection is ever made: it ends in this process or nowhere. */
export interface Destinations {
  /** Where a place leads; an attempt that is refused is counted. */
  readonly resolve: (target: ProxyTarget) => Destination;
}

const SCHEMES: Readonly<Record<number, Destination>> = { 443: "https", 80: "http" };

/**
 * Decides with a table of hosts.
 *
 * @param listensOn The address that the server listens on.
 * @param ownPort Tells its port.
 * @param refused Counts what is refused.
 */
export function createDestinations(listensOn: string, ownPort: () => number, refused: RefusedHosts): Destinations {
  return {
    resolve: ({ host, port }) => {
      if (port === ownPort() && isOwnHost(host, listensOn)) return "own";
      const destination = isImpersonated(host) ? SCHEMES[port] : undefined;
      if (destination !== undefined) return destination;
      refused.add(`${host}:${port}`);
      return "refused";
    },
  };
}

/** What a client is told whose request goes nowhere. */
export const refusalText = (place: string): string =>
  `Cannot reach ${place}: this proxy is a fake of Claude on AWS. It answers for the AWS hosts of Claude Platform on AWS, Amazon Bedrock and the credential services on ports 443 and 80, and lets nothing out. GET /_fake/report lists what was refused.\n`;
