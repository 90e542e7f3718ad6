import type { ServiceOperation } from "../service-exchange.ts";
import { SSO_TOKEN_CHECK, ssoTokenOf } from "./sso-token.ts";

/**
 * Ends the session of a user: their access tokens and refresh tokens. Credentials of roles go on until they end.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_Logout.html | Logout}
 */
export const LOGOUT: ServiceOperation = {
  name: "Logout",
  checks: [SSO_TOKEN_CHECK],
  answer: (exchange, _, { signIns }) => {
    signIns.signOut(ssoTokenOf(exchange));
    return { status: 200, headers: [["x-amzn-requestid", exchange.id]], body: new Uint8Array() };
  },
};
