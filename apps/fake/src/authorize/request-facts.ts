import { headerValue } from "@claude-on-aws/auth/sigv4";
import { keyTerm, parseBearer } from "@claude-on-aws/endpoints";
import type { Caller, ReceivedRequest, Route } from "../exchange.ts";
import type { Operation } from "../operations.ts";
import type { FakeSettings } from "../options.ts";
import { DEFAULT_REGION, regionOf } from "../route/region-of.ts";
import type { RequestFacts } from "./required-permissions.ts";

/** A request on its way, or out of the journal. */
export interface AskedExchange {
  readonly route: Pick<Route, "hostRegion" | "parameters" | "query">;
  readonly request: Pick<ReceivedRequest, "headers">;
  readonly receivedAt: Date;
  readonly caller?: Caller | undefined;
}

/** What of a request decides which permissions it takes, in a fake of these settings. */
export function requestFacts(
  exchange: AskedExchange,
  operation: Operation,
  settings: Pick<FakeSettings, "region">,
  body: RequestFacts["body"],
): RequestFacts {
  const { route, request, receivedAt, caller } = exchange;
  const key = presentedKey(exchange);
  return {
    operation,
    parameters: route.parameters,
    query: route.query,
    headers: request.headers,
    receivedAt,
    region: regionOf(exchange, settings) ?? DEFAULT_REGION,
    hostRegion: settings.region ?? route.hostRegion,
    keyTerm: key === undefined ? undefined : caller?.accessKeyId === undefined ? keyTerm(key) : "short",
    body,
  };
}

/** The API key that a caller sent; absent where they signed. */
export function presentedKey({
  request: { headers },
  caller,
}: Pick<AskedExchange, "request" | "caller">): string | undefined {
  if (caller === undefined || caller.kind === "sigv4") return undefined;
  const authorization = headerValue(headers, "authorization");
  if (authorization !== undefined) return parseBearer(authorization) ?? authorization;
  return headerValue(headers, "x-api-key") ?? "";
}
