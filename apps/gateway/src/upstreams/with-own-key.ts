import type { Authentication, Config, Endpoint } from "@claude-on-aws/env";
import type { Header } from "@claude-on-aws/fetch";

/** What an endpoint shows for a key: Claude Platform on AWS takes it as such, Amazon Bedrock as a bearer token. */
function authenticationOf({ provider }: Endpoint, key: string): Authentication {
  const source = "the client's own key";
  return provider === "anthropic-aws" ? { method: "api-key", source, key } : { method: "bearer", source, token: key };
}

/**
 * Puts a client's own key in the place of what a configuration authenticates with.
 *
 * @param config The configuration.
 * @param header The header in which the client showed its key.
 * @returns The configuration of its requests.
 */
export function withOwnKey(config: Config, [, value]: Header): Config {
  const key = value.replace(/^bearer +/i, "");
  const change = (endpoint: Endpoint): Endpoint => ({
    ...endpoint,
    authentication: authenticationOf(endpoint, key),
    problems: [],
  });
  const [first, ...others] = config.endpoints;
  return {
    ...config,
    endpoints: [change(first), ...others.map(change)],
    start: null,
    pendingCommand: null,
    problems: [],
  };
}
