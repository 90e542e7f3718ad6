import { builtinModule } from "./builtin-module.ts";
import { createFetchTransport } from "./fetch-transport.ts";
import { createNodeHttpTransport } from "./node-http-transport.ts";
import type { BunConnect } from "./http1/bun-socket.ts";
import type { Transport } from "./transport.ts";

/**
 * Makes the best transport of this runtime: HTTP/1.1 over its sockets on Node, Bun and Deno, `node:http` for what
 * those do not send, and `fetch` wherever there is nothing else.
 *
 * @returns The transport.
 */
export function createRuntimeTransport(): Transport {
  const [http, https, net] = [builtinModule("node:http"), builtinModule("node:https"), builtinModule("node:net")];
  const [tls, buffer] = [builtinModule("node:tls"), builtinModule("node:buffer")];
  const hasSockets = net !== undefined && tls !== undefined && buffer !== undefined;
  if (http === undefined || https === undefined || !hasSockets) return createFetchTransport();
  const others = createNodeHttpTransport({ http, https });
  const load = async (): Promise<Transport> => {
    const { createHttp1Transport } = await import("./http1/http1-transport.ts");
    return (loaded = createHttp1Transport(
      { net, tls: isDeno() ? null : tls, buffer, bunConnect: bunConnect() },
      others,
    ));
  };
  let loading: Promise<Transport> | undefined;
  let loaded: Transport | undefined;
  return {
    send: async (request) => (loaded ?? (await (loading ??= load()))).send(request),
  };
}

/** Whether this is Deno, where `node:https` trusts the certificates of `DENO_CERT`, and `node:tls` by itself (2.9) does not. */
const isDeno = (): boolean => "Deno" in globalThis;

/** Whether this is Bun. */
export const isBun = (): boolean => typeof process === "object" && process.versions?.["bun"] !== undefined;

/** What opens sockets on Bun. */
const bunConnect = (): BunConnect | undefined =>
  (globalThis as { readonly Bun?: { readonly connect: BunConnect } }).Bun?.connect;
