import type { Handler } from "@claude-on-aws/listen";
import { Exchange } from "./exchange/exchange.ts";
import { createService } from "./exchange/service.ts";
import type { GatewayParts } from "./gateway-parts.ts";

/**
 * Makes what answers the clients of a gateway: who asks, may it, where does it go, what came back.
 *
 * @param parts The parts of the gateway.
 * @returns The handler, for `listen`.
 */
export function createHandler(parts: GatewayParts): Handler {
  const service = createService(parts);
  return (head, request) => new Exchange(service, head, request).answer();
}
