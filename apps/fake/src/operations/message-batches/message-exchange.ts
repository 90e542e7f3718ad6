import { CLAUDE_PLATFORM_ROUTES } from "@claude-on-aws/endpoints";
import type { Exchange } from "../../exchange/exchange.ts";
import { MESSAGE_OPERATIONS } from "../messages/message-operations.ts";
import { toOperation } from "../to-operation.ts";
import type { Operation } from "../../exchange/operation.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";

const PATH = "/v1/messages";

const ROUTE = CLAUDE_PLATFORM_ROUTES.find(({ method, path }) => method === "POST" && path === PATH);

/** What each request of a batch is. */
const CREATE_MESSAGE: Operation | undefined = ROUTE && toOperation(ROUTE, MESSAGE_OPERATIONS[`POST ${PATH}`]);

const NO_BODY = new Uint8Array();
const NO_QUERY = new URLSearchParams();

/** What a request of a batch has from the request that created it: its headers and its caller. */
export type BatchOrigin = Pick<Exchange, "request" | "route" | "caller">;

/**
 * Takes out of an exchange what its batch needs: not the body, which may be large.
 *
 * @returns What every request of the batch shares.
 */
export function originOf({ request: sent, route, caller }: Exchange): BatchOrigin {
  const { provider, hostRegion } = route;
  // A batch goes on when its client has left.
  const { clientSignal: _, ...request } = sent;
  return {
    request: { ...request, method: "POST", target: PATH, body: NO_BODY, wire: "reconstructed" },
    route: {
      provider,
      ...(hostRegion === undefined ? {} : { hostRegion }),
      ...(CREATE_MESSAGE === undefined ? {} : { operation: CREATE_MESSAGE }),
      parameters: {},
      query: NO_QUERY,
    },
    ...(caller === undefined ? {} : { caller }),
  };
}

/**
 * Makes the exchange that a request of a batch would be, had it come alone: with the headers of the batch.
 *
 * @returns Its body is only there as an object.
 */
export function toMessageExchange(
  params: Readonly<Record<string, unknown>>,
  { request, route, caller }: BatchOrigin,
  settings: Pick<FakeSettings, "now" | "randomUuid">,
): Exchange {
  return {
    id: settings.randomUuid(),
    receivedAt: settings.now(),
    request,
    route,
    ...(caller === undefined ? {} : { caller }),
    input: params,
    checked: [],
    inBatch: true,
  };
}
