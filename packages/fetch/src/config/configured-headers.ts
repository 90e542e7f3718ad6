import type { Authentication, Config, CustomHeader, Endpoint } from "@claude-on-aws/env";

const CUSTOM_HEADERS_VARIABLE = "ANTHROPIC_CUSTOM_HEADERS";

/** What the client writes itself, whatever is asked for in {@link CUSTOM_HEADERS_VARIABLE}. */
const OVERWRITTEN_HEADERS: ReadonlySet<string> = /* @__PURE__ */ new Set(["anthropic-beta", "content-type"]);

/**
 * Lists the headers that a configuration adds to each request, those of authentication among them.
 *
 * @param config The configuration.
 * @param endpoint Where the request goes.
 * @returns The headers, each once; names in lower case.
 */
export function configuredHeaders(config: Config, endpoint: Endpoint): readonly CustomHeader[] {
  const { provider, authentication } = endpoint;
  const headers = new Map<string, string>();
  if (config.workspaceId !== null && provider === "anthropic-aws") {
    headers.set("anthropic-workspace-id", config.workspaceId.value);
  }
  for (const [name, value] of authenticationHeaders(authentication)) headers.set(name, value);
  const { method, source } = authentication;
  const authorizes = method !== "none" && !source.startsWith(CUSTOM_HEADERS_VARIABLE);
  for (const [name, value] of config.customHeaders) {
    // The client's own authorization overrides what is given this way.
    if (OVERWRITTEN_HEADERS.has(name) || (name === "authorization" && authorizes)) continue;
    headers.set(name, value);
  }
  if (provider === "bedrock" && config.serviceTier !== null) {
    headers.set("x-amzn-bedrock-service-tier", config.serviceTier.value);
  }
  return [...headers];
}

function authenticationHeaders(authentication: Authentication): readonly CustomHeader[] {
  const headers: CustomHeader[] = [];
  if (authentication.method === "bearer" || authentication.method === "both") {
    if (authentication.token !== null) headers.push(["authorization", `Bearer ${authentication.token}`]);
  }
  if (authentication.method === "api-key" || authentication.method === "both") {
    if (authentication.key !== null) headers.push(["x-api-key", authentication.key]);
  }
  return headers;
}
