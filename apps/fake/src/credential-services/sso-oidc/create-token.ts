import type { Fault } from "../../terms/faults.ts";
import { respondJson } from "../respond-json.ts";
import type { ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { type Grant, GRANTS } from "./grants.ts";
import { CLIENT_CHECK, clientOf, findGrantFault, findMissing, requireMembers } from "./oidc-checks.ts";
import { oidcFault } from "./oidc-refusals.ts";

const grantOf = ({ parameters }: ServiceExchange): Grant | undefined => GRANTS.get(parameters.get("grantType") ?? "");

function checkGrantType(exchange: ServiceExchange): Fault | undefined {
  const grant = grantOf(exchange);
  return grant === undefined
    ? oidcFault("UnsupportedGrantTypeException", "Unsupported grant type")
    : findMissing(exchange, grant.members);
}

/**
 * An access token, and a refresh token where the client registered for one.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html | CreateToken}
 */
export const CREATE_TOKEN: ServiceOperation = {
  name: "CreateToken",
  checks: [
    requireMembers("clientId", "clientSecret", "grantType"),
    { name: "metadata", decisive: true, check: checkGrantType },
    CLIENT_CHECK,
    {
      name: "access",
      decisive: true,
      check: (exchange, settings, state) =>
        findGrantFault(clientOf(exchange), exchange.parameters.get("grantType") ?? "") ??
        grantOf(exchange)?.check(exchange, settings, state),
    },
  ],
  answer: (exchange, settings, state) => {
    const tokens = grantOf(exchange)?.issue(exchange, settings, state);
    if (tokens === undefined) throw new TypeError("Cannot issue a token: the checks let an unknown grant pass");
    const { accessToken, refreshToken, seconds } = tokens;
    const issued = {
      accessToken,
      expiresIn: seconds,
      tokenType: "Bearer",
      ...(refreshToken === undefined ? {} : { refreshToken }),
    };
    return respondJson(200, issued, [["x-amzn-requestid", exchange.id]]);
  },
};
