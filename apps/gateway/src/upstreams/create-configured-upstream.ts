import { type AwsProvider, CLAUDE_SERVICES } from "@claude-on-aws/endpoints";
import { type Config, firstThen, PROVIDER_TITLES, type Provider } from "@claude-on-aws/env";
import type { RefreshableSource } from "@claude-on-aws/auth/credentials";
import { type ClaudeFetch, configuredCredentials, createFetch, type Header } from "@claude-on-aws/fetch";
import { GatewayError } from "../gateway-error.ts";
import type { Upstream } from "./upstream.ts";
import { withOwnKey } from "./with-own-key.ts";

/** What a credential that is there later mends: a gateway starts without it, and is not ready. */
const MENDED_LATER: ReadonlySet<string> = new Set(["CREDENTIALS_NOT_FOUND"]);

const isOnAws = (provider: Provider): provider is AwsProvider => Object.hasOwn(CLAUDE_SERVICES, provider);

/**
 * Makes an upstream of a configuration of Claude Code's.
 *
 * @param name What it is called in the audit and in metrics.
 * @param resolve Resolves the configuration; it is called again where credentials have to be found again.
 * @param warn Told what is odd about the configuration.
 * @param own What signs, in place of what the configuration names.
 * @returns The upstream.
 * @throws {GatewayError} `SETTINGS_INVALID` where nothing could be sent with it, with every reason and its way out.
 */
export async function createConfiguredUpstream(
  name: string,
  resolve: () => Promise<Config>,
  warn: (line: string) => void,
  own?: RefreshableSource,
): Promise<Upstream> {
  const config = await resolve();
  const { provider } = config;
  if (!isOnAws(provider)) throw notOnAws(name, provider);
  const errors = config.problems.filter(({ severity, code }) => severity === "error" && !MENDED_LATER.has(code));
  if (errors.length > 0) throw unusable(name, provider, errors);
  for (const { severity, message, fix } of config.problems) {
    if (severity === "warning") warn(`Upstream "${name}": ${message} ${fix}`);
  }
  const isSigned = config.endpoints.some(({ authentication: { method } }) => method === "sigv4" || method === "none");
  const credentials = own ?? (isSigned ? configuredCredentials(firstThen(config, resolve)) : undefined);
  return {
    name,
    provider,
    region: config.region?.value ?? "us-east-1",
    workspaceId: config.workspaceId?.value ?? null,
    fetch: createFetch(firstThen(config, resolve), credentials === undefined ? {} : { credentials }),
    fetchWithKey: createKeyedFetches(config),
    ...(credentials !== undefined && {
      findProblem: () =>
        credentials.get().then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
    }),
  };
}

/** So many keys of clients have a `fetch` of their own; beyond that the one that was made first is made again. */
const MAX_KEYS = 256;

/** Makes what sends with a client's own key. */
function createKeyedFetches(config: Config): (key: Header) => ClaudeFetch {
  const made = new Map<string, ClaudeFetch>();
  return (key) => {
    const id = key.join(":");
    const known = made.get(id);
    if (known !== undefined) return known;
    const [oldest] = made.keys();
    if (oldest !== undefined && made.size >= MAX_KEYS) made.delete(oldest);
    const fetch = createFetch(withOwnKey(config, key));
    made.set(id, fetch);
    return fetch;
  };
}

const notOnAws = (name: string, provider: Provider): GatewayError =>
  new GatewayError(
    "SETTINGS_INVALID",
    `Cannot use the upstream "${name}": the environment leads to ${PROVIDER_TITLES[provider]}, expected a provider on AWS; ` +
      "set CLAUDE_CODE_USE_ANTHROPIC_AWS=1, CLAUDE_CODE_USE_BEDROCK=1 or CLAUDE_CODE_USE_MANTLE=1, or name upstreams in a configuration",
  );

const unusable = (
  name: string,
  provider: AwsProvider,
  errors: readonly { readonly message: string; readonly fix: string }[],
): GatewayError =>
  new GatewayError(
    "SETTINGS_INVALID",
    `Cannot use the upstream "${name}", ${PROVIDER_TITLES[provider]}: ${errors.map(({ message, fix }) => `${message} ${fix}`).join(" ")}`,
  );
