/** What a header must not be: there at all, twice, or of HTTP/2. */
export interface HeaderRule {
  readonly kind: "once" | "any" | "never" | "connection" | "only-http1" | "host" | "origin" | "site" | "te";
}

const ONCE: HeaderRule = { kind: "once" };
const NEVER: HeaderRule = { kind: "never" };
const ONLY_HTTP1: HeaderRule = { kind: "only-http1" };

/** Headers that decide something, and what is asked of them. */
export const HEADER_RULES: Readonly<Record<string, HeaderRule>> = {
  authorization: ONCE,
  "x-api-key": ONCE,
  "content-length": ONCE,
  "content-type": ONCE,
  "content-encoding": ONCE,
  "transfer-encoding": ONLY_HTTP1,
  "keep-alive": ONLY_HTTP1,
  "proxy-connection": ONLY_HTTP1,
  upgrade: ONLY_HTTP1,
  connection: { kind: "connection" },
  te: { kind: "te" },
  host: { kind: "host" },
  ":authority": { kind: "host" },
  ":method": ONCE,
  ":path": ONCE,
  ":scheme": ONCE,
  ":protocol": NEVER,
  origin: { kind: "origin" },
  "sec-fetch-site": { kind: "site" },
  // With these a request says that it is another one than its first line does.
  "x-http-method": NEVER,
  "x-http-method-override": NEVER,
  "x-method-override": NEVER,
  "x-original-url": NEVER,
  "x-rewrite-url": NEVER,
};
