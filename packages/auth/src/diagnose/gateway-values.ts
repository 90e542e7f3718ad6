/**
 * Headers to which each hop on the way adds a value of its own, behind a comma or in a line of its own.
 *
 * Sources: RFC 7239 (`forwarded`), RFC 9110, section 7.6.3 (`via`), RFC 8586 (`cdn-loop`), and
 * https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For; 2026-11-29.
 */
export const FORWARDING_HEADERS: ReadonlySet<string> = new Set([
  "cdn-loop",
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-original-forwarded-for",
]);

/** How many hops are taken to have added a value. */
export const MAX_HOPS = 4;

/**
 * Headers that a gateway fills with what another header of the same request holds too: the value of one that was lost.
 *
 * Source: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header and the usual set-ups of it;
 * 2026-11-29.
 */
export const COPIED_FROM: Readonly<Record<string, string>> = {
  "cf-connecting-ip": "x-forwarded-for",
  "true-client-ip": "x-forwarded-for",
  "x-client-ip": "x-forwarded-for",
  "x-forwarded-for": "x-real-ip",
  "x-forwarded-host": "host",
  "x-original-host": "host",
  "x-real-ip": "x-forwarded-for",
};

/**
 * Headers in which a gateway hands on the target, or the prefix of it, that it was asked for.
 *
 * Sources: https://doc.traefik.io/traefik/reference/routing-configuration/http/middlewares/stripprefix/
 * (`x-forwarded-prefix`), https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers
 * (`x-envoy-original-path`); 2026-11-29.
 */
export const ORIGINAL_TARGET_HEADERS: readonly string[] = [
  "x-envoy-original-path",
  "x-forwarded-path",
  "x-forwarded-prefix",
  "x-forwarded-uri",
  "x-original-uri",
  "x-original-url",
  "x-rewrite-url",
];

/** Prefixes under which gateways offer Claude on AWS: LiteLLM's pass-through is `/bedrock`; the others are usual names. */
export const PATH_PREFIXES: readonly string[] = [
  "/bedrock",
  "/aws",
  "/api",
  "/proxy",
  "/llm",
  "/ai",
  "/gateway",
  "/anthropic",
  "/claude",
  "/bedrock-runtime",
  "/bedrock-mantle",
  "/aws-bedrock",
  "/aws/bedrock",
  "/api/bedrock",
  "/proxy/bedrock",
  "/v1/bedrock",
  "/v1",
  "/prod",
  "/dev",
  "/stage",
  "/default",
];

/** Ports on which gateways listen by default, beside the usual ones; LiteLLM's is 4000. */
export const LOCAL_PORTS: readonly string[] = [":4000", ":8080", ":8000", ":3000", ":4242", ":8787"];
