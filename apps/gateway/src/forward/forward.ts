import type { IncomingRequest, Reply, RequestHead } from "@claude-on-aws/listen";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import type { Upstream } from "../upstreams/upstream.ts";

/** What stands in place of the upstream's address until it is chosen. */
const PLACEHOLDER = "http://upstream.invalid";

/**
 * Sends a request to an upstream, and relays its answer as it comes.
 *
 * @param upstream Where to.
 * @param route What is asked for.
 * @param head The request as received.
 * @param body Its body; null where it has none.
 * @param signal Aborted when the client is gone.
 * @returns The reply.
 */
export async function forward(
  upstream: Upstream,
  route: GatewayRoute,
  head: RequestHead,
  body: Uint8Array<ArrayBuffer> | null,
  signal: IncomingRequest["signal"],
): Promise<Reply> {
  const response = await upstream.fetch(PLACEHOLDER + route.target, {
    method: head.method,
    headers: head.headers
      .filter(([name]) => !name.startsWith(":"))
      .map(([name, value]): [string, string] => [name, value]),
    body,
    signal,
  });
  return { status: response.status, headers: [...response.headers], body: response.body ?? new Uint8Array() };
}
