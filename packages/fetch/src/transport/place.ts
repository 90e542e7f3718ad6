import type { TransportRequest } from "./transport.ts";

/** Where a URL leads, in the terms of sockets. */
export interface Place {
  /** Scheme, host and port: requests with the same one can go over one connection. */
  readonly origin: string;
  readonly isSecure: boolean;
  /** The value of the header `host`. */
  readonly host: string;
  /** Name or address, without the brackets of IPv6. */
  readonly hostname: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** What name and password in the URL mean; null where there are none. */
  readonly authorization: string | null;
}

// Requests to one place share their URL, and to take one apart costs as much as to write a request.
const places = /* @__PURE__ */ new WeakMap<URL, Place>();

/**
 * Takes a URL apart, once.
 *
 * @param url The URL, which is not written to afterwards.
 * @returns Where it leads.
 */
export function placeOf(url: URL): Place {
  const known = places.get(url);
  if (known !== undefined) return known;
  const { protocol, hostname, port, username, password } = url;
  const isSecure = protocol === "https:";
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const place = {
    origin: url.origin,
    isSecure,
    host: url.host,
    hostname: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (isSecure ? 443 : 80) : Number(port),
    path: url.pathname + url.search,
    authorization: username === "" ? null : `Basic ${btoa(credentials)}`,
  };
  places.set(url, place);
  return place;
}

/**
 * Lists all headers that a request is sent with.
 *
 * @param place Where it goes.
 * @param request The request.
 * @returns Names and values in turn: `node:http` writes them as they are, where an object is checked and copied first.
 */
export function headersOf({ host, authorization }: Place, request: TransportRequest): readonly string[] {
  const { headers, body, method } = request;
  const written = ["host", host];
  for (const [name, value] of headers) written.push(name, value);
  if (authorization !== null && !headers.some(([name]) => name === "authorization")) {
    written.push("authorization", authorization);
  }
  if (body instanceof Uint8Array) written.push("content-length", String(body.length));
  else if (body !== null) written.push("transfer-encoding", "chunked");
  else if (method !== "GET" && method !== "HEAD") written.push("content-length", "0");
  return written;
}
