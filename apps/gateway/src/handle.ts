import type { Handler } from "@claude-on-aws/listen";
import { checkHead, createHeadRules } from "./callers/head/check-head.ts";
import { forward } from "./forward/forward.ts";
import { refuse } from "./refusals/own-refusals.ts";
import { refusalReply } from "./refusals/refusal-reply.ts";
import { findRoute } from "./routes/find-route.ts";
import type { GatewayParts } from "./gateway-parts.ts";
import { isOwnRefusal } from "./terms/own-refusal.ts";

const DEFAULT_MAX_BODY_BYTES = 33_554_432;

/**
 * Makes what answers the clients of a gateway: who asks, may it, where does it go, what came back.
 *
 * @param parts The parts of the gateway.
 * @returns The handler, for `listen`.
 */
export function createHandler(parts: GatewayParts): Handler {
  const { identify, headRules = createHeadRules(), upstreams, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = parts;
  return async (head, request) => {
    const refusal = checkHead(head, headRules);
    if (refusal !== undefined) return refusalReply(refusal);
    const route = findRoute(head.method, head.target);
    if (route === undefined)
      return refusalReply(refuse("ROUTE_UNKNOWN", `Cannot serve this path: it is none of the gateway's`));
    if (route === "method") return refusalReply(refuse("METHOD_UNKNOWN", `Cannot serve ${head.method} on this path`));
    const caller = await identify(head, request.peerAddress);
    if (isOwnRefusal(caller)) return refusalReply(caller);
    const body = await request.read(maxBodyBytes);
    if (body === undefined) {
      return refusalReply(
        refuse("BODY_TOO_LARGE", `Cannot take the body: it has more than ${maxBodyBytes} bytes; send less`),
      );
    }
    return forward(
      upstreams[0],
      route,
      head,
      body.length === 0 ? null : (body as Uint8Array<ArrayBuffer>),
      request.signal,
    );
  };
}
