import { headerValue } from "@claude-on-aws/auth/sigv4";
import { parseServiceHost } from "@claude-on-aws/endpoints";
import type { Exchange } from "./exchange.ts";
import { hostOf } from "./host-of.ts";

/**
 * Writes the URL of a path at the place that a client called: its host with the path of its base URL, and https where it
 * came over TLS, or that is a host of AWS.
 *
 * @returns An absolute URL.
 */
export function ownUrl({ request }: Pick<Exchange, "request">, path: string): string {
  const host = hostOf(request) || "localhost";
  const isSecure = request.secure === true || parseServiceHost(host) !== undefined;
  const scheme = headerValue(request.headers, ":scheme") ?? (isSecure ? "https" : "http");
  return `${scheme}://${host}${request.basePath ?? ""}${path}`;
}
