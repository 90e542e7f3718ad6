import { builtinModule } from "./builtin-module.ts";
import { createFetchTransport } from "./fetch-transport.ts";
import { createAgents, createNodeHttpTransport } from "./node-http-transport.ts";
import { type ProxyEnvironment, resolveProxy } from "./resolve-proxy.ts";
import { createRuntimeTransport, isBun } from "./runtime-transport.ts";
import type { Transport } from "./transport.ts";
import { createTunnelAgent } from "./tunnel-agent.ts";

/**
 * Makes the best transport of this runtime, which goes through the proxy that the environment names.
 *
 * @param env The environment, for `HTTPS_PROXY` and `NO_PROXY`.
 * @returns The transport.
 */
export function createEnvironmentTransport(env: ProxyEnvironment): Transport {
  // To load what sends takes longer than everything else before the first request.
  let direct: Transport | undefined;
  const proxied = new Map<string, Transport>();
  return {
    async send(request) {
      const proxy = resolveProxy(env, request.url);
      if (proxy === null) return (direct ??= createRuntimeTransport()).send(request);
      const transport = proxied.get(proxy.href) ?? createProxiedTransport(proxy);
      proxied.set(proxy.href, transport);
      return transport.send(request);
    },
  };
}

function createProxiedTransport(proxy: URL): Transport {
  const [http, https, tls] = [builtinModule("node:http"), builtinModule("node:https"), builtinModule("node:tls")];
  // Bun's node:https makes its connections itself.
  if (isBun() || http === undefined || https === undefined || tls === undefined) {
    return createFetchTransport({ proxy: proxy.href });
  }
  const modules = { http, https, tls };
  return createNodeHttpTransport(modules, { ...createAgents(modules), https: createTunnelAgent(modules, proxy) });
}
