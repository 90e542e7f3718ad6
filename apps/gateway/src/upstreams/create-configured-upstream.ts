import { type AwsProvider, CLAUDE_SERVICES } from "@claude-on-aws/endpoints";
import { type Config, PROVIDER_TITLES, type Provider } from "@claude-on-aws/env";
import { configuredCredentials, createFetch } from "@claude-on-aws/fetch";
import { GatewayError } from "../gateway-error.ts";
import type { Upstream } from "./upstream.ts";

/** What a credential that is there later mends: a gateway starts without it, and is not ready. */
const MENDED_LATER: ReadonlySet<string> = new Set(["CREDENTIALS_NOT_FOUND"]);

const isOnAws = (provider: Provider): provider is AwsProvider => Object.hasOwn(CLAUDE_SERVICES, provider);

/**
 * Makes an upstream of a configuration of Claude Code's.
 *
 * @param name What it is called in the audit and in metrics.
 * @param resolve Resolves the configuration; it is called again where credentials have to be found again.
 * @returns The upstream.
 * @throws {GatewayError} `SETTINGS_INVALID` where nothing could be sent with it, with every reason and its way out.
 */
export async function createConfiguredUpstream(name: string, resolve: () => Promise<Config>): Promise<Upstream> {
  const config = await resolve();
  const { provider } = config;
  if (!isOnAws(provider)) throw notOnAws(name, provider);
  const errors = config.problems.filter(({ severity, code }) => severity === "error" && !MENDED_LATER.has(code));
  if (errors.length > 0) throw unusable(name, provider, errors);
  const isSigned = config.endpoints.some(({ authentication: { method } }) => method === "sigv4" || method === "none");
  const credentials = isSigned ? configuredCredentials(firstThen(config, resolve)) : undefined;
  return {
    name,
    provider,
    region: config.region?.value ?? "us-east-1",
    workspaceId: config.workspaceId?.value ?? null,
    fetch: createFetch(firstThen(config, resolve), credentials === undefined ? {} : { credentials }),
    ...(credentials !== undefined && {
      findProblem: () =>
        credentials.get().then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
    }),
  };
}

/** Gives what was resolved already once, and resolves it again for whoever asks then. */
function firstThen(config: Config, resolve: () => Promise<Config>): () => Promise<Config> {
  let first: Config | null = config;
  return () => {
    const given = first === null ? resolve() : Promise.resolve(first);
    first = null;
    return given;
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
