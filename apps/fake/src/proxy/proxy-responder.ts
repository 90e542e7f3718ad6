import type { Handler, RequestHead } from "@claude-on-aws/listen";
import type { WireReply } from "../terms/wire.ts";
import { type Destinations, refusalText } from "./destinations.ts";
import { formatAuthority, parseAuthority, type ProxyTarget } from "./parse-authority.ts";

/** A target in absolute form: scheme, authority, and the rest as it was sent. */
const ABSOLUTE = /^(https?):\/\/([^/?#]*)(.*)$/i;

/**
 * Also answers requests in absolute form, as clients send them to a proxy for what is not TLS: they go on as the host would
 * get them, or are refused.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 | RFC 9112}, section 3.2.2
 */
export function createProxyResponder(respond: Handler, destinations: Destinations): Handler {
  return (head, request) => {
    const [, scheme = "", authority = "", rest = ""] = ABSOLUTE.exec(head.target) ?? [];
    if (scheme === "") return respond(head, request);
    const defaultPort = scheme.toLowerCase() === "https" ? 443 : 80;
    const target = parseAuthority(authority, defaultPort);
    if (target === undefined)
      return textReply(400, `Cannot read the target "${authority}": expected host or host:port\n`);
    if (destinations.resolve(target) === "refused") return textReply(403, refusalText(formatAuthority(target)));
    const headers = headersFor(head.headers, authority, target, defaultPort);
    return respond({ ...head, headers, target: rest.startsWith("/") ? rest : `/${rest}` }, request);
  };
}

const HOST = /^(?:host|:authority)$/i;

/** Headers whose `Host` is that of the target: a proxy goes by the target, whatever else the client named. */
function headersFor(
  headers: RequestHead["headers"],
  authority: string,
  target: ProxyTarget,
  defaultPort: number,
): RequestHead["headers"] {
  const isSame = (value: string): boolean => {
    const named = parseAuthority(value.trim(), defaultPort);
    return named?.host === target.host && named.port === target.port;
  };
  const hosts = headers.filter(([name]) => HOST.test(name));
  if (hosts.length === 0) return [["Host", authority], ...headers];
  if (hosts.every(([, value]) => isSame(value))) return headers;
  return headers.map(([name, value]) => [name, HOST.test(name) ? authority : value]);
}

const textReply = (status: number, text: string): WireReply => ({
  status,
  headers: [["content-type", "text/plain; charset=utf-8"]],
  body: new TextEncoder().encode(text),
});
