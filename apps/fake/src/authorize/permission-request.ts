import { headerValue } from "@claude-on-aws/auth/sigv4";
import { keyTerm, parseBearer } from "@claude-on-aws/endpoints";
import type { Caller, Route } from "../exchange/exchange.ts";
import type { ReceivedRequest } from "../terms/wire.ts";
import type { Operation } from "../exchange/operation.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { DEFAULT_REGION, regionOf } from "../exchange/region-of.ts";
import type { PermissionRequest } from "../exchange/permission.ts";

/** A request on its way, or out of the journal. */
export interface AskedExchange {
  readonly route: Pick<Route, "hostRegion" | "parameters" | "query">;
  readonly request: Pick<ReceivedRequest, "headers">;
  readonly receivedAt: Date;
  readonly caller?: Caller | undefined;
}

/**
 * Gathers what decides which permissions a request takes, in a fake with these settings.
 *
 * @returns The body is read only when somebody asks for it.
 */
export function permissionRequest(
  exchange: AskedExchange,
  operation: Operation,
  settings: Pick<FakeSettings, "region">,
  body: PermissionRequest["body"],
): PermissionRequest {
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

/**
 * Reads the API key that a caller sent.
 *
 * @returns `undefined` where they signed, or are nobody.
 */
export function presentedKey({
  request: { headers },
  caller,
}: Pick<AskedExchange, "request" | "caller">): string | undefined {
  if (caller === undefined || caller.kind === "sigv4") return undefined;
  const authorization = headerValue(headers, "authorization");
  if (authorization !== undefined) return parseBearer(authorization) ?? authorization;
  return headerValue(headers, "x-api-key") ?? "";
}
