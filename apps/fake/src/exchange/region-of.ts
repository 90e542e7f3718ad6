import type { Caller, Route } from "./exchange.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";

/** Where a request is whose region nothing names. */
export const DEFAULT_REGION = "us-east-1";

/**
 * The region in which a request is: that in which the fake stands, of the host,
 * or of the caller's signature.
 *
 * @returns `undefined` where nothing names one: a long-term key at a loopback address.
 */
export function regionOf(
  { route, caller }: { readonly route: Pick<Route, "hostRegion">; readonly caller?: Caller | undefined },
  { region }: Pick<FakeSettings, "region">,
): string | undefined {
  return region ?? route.hostRegion ?? caller?.region;
}
