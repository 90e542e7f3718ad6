import { hostOf } from "../../exchange/host-of.ts";
import { ownUrl } from "../../exchange/own-url.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { ServiceExchange } from "../service-exchange.ts";

/** Path of the page at an address of the fake. */
export const VERIFICATION_PATH = "/device";

const OIDC_HOST = /^oidc(?=\.)/i;

/**
 * Writes where somebody confirms a sign-in. A client that called the fake by its own address is sent there. One that called
 * a host of AWS came through the proxy, where a browser does not: it is sent to the address that the fake listens on, and
 * to the page's host of AWS where it listens nowhere.
 *
 * @returns An absolute URL without a query.
 */
export function verificationUri({ request, region }: ServiceExchange, { addresses }: FakeState): string {
  // Only the name of a host of AWS says a region.
  if (region === undefined) return ownUrl({ request }, VERIFICATION_PATH);
  const [address] = addresses;
  if (address !== undefined) return `${address}${VERIFICATION_PATH}`;
  return `https://${hostOf(request).replace(OIDC_HOST, "device.sso")}/`;
}
