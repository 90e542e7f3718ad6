import { type Config, resolveConfig } from "@claude-on-aws/env";
import { loadConfigInput } from "@claude-on-aws/env/load";
import type { UpstreamSettings } from "../settings/upstream-settings.ts";
import { createConfiguredUpstream } from "./create-configured-upstream.ts";
import { createUpstream, type Variables } from "./create-upstream.ts";
import type { Upstream } from "./upstream.ts";

/** What the one upstream is called that nobody configured. */
const OF_ENVIRONMENT = "environment";

/**
 * Makes the upstreams of a gateway; where none is configured, the one that the environment names, as Claude Code reads it.
 *
 * @param settings What the configuration says of each, in the order in which they are asked.
 * @param env The variables of the process.
 * @param warn Told what is odd about one.
 * @param resolveEnvironment Reads the environment as Claude Code does.
 * @returns The upstreams, in their order.
 * @throws {GatewayError} `SETTINGS_INVALID` where nothing could be sent to one.
 */
export async function createUpstreams(
  settings: readonly UpstreamSettings[] | undefined,
  env: Variables,
  warn: (line: string) => void,
  resolveEnvironment: (() => Promise<Config>) | undefined,
): Promise<readonly [Upstream, ...Upstream[]]> {
  const [first, ...others] = settings ?? [];
  if (first === undefined) {
    const resolve = resolveEnvironment ?? (async () => resolveConfig(await loadConfigInput({ env })));
    return [await createConfiguredUpstream(OF_ENVIRONMENT, resolve, warn)];
  }
  const create = (one: UpstreamSettings): Promise<Upstream> => createUpstream(one, env, warn);
  return [await create(first), ...(await Promise.all(others.map(create)))];
}
