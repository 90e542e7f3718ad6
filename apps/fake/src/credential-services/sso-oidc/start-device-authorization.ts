import { DEVICE_CODE_SECONDS, POLL_INTERVAL_SECONDS } from "../../stores/sign-in/sign-in-store.ts";
import type { Fault } from "../../terms/faults.ts";
import { respondJson } from "../respond-json.ts";
import type { ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { verificationUri } from "../sso-device/verification-uri.ts";
import { DEVICE_CODE } from "./grants.ts";
import { CLIENT_CHECK, clientOf, findGrantFault, requireMembers } from "./oidc-checks.ts";
import { oidcFault } from "./oidc-refusals.ts";

/** The portal itself is not asked: any URL is one. */
function checkStartUrl({ parameters }: ServiceExchange): Fault | undefined {
  const url = parameters.get("startUrl") ?? "";
  return /^https?:/i.test(url) && URL.canParse(url)
    ? undefined
    : oidcFault("InvalidRequestException", "Invalid start url provided");
}

/**
 * A code for a device to poll with, and one for a person to confirm.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html | StartDeviceAuthorization}
 */
export const START_DEVICE_AUTHORIZATION: ServiceOperation = {
  name: "StartDeviceAuthorization",
  checks: [
    requireMembers("clientId", "clientSecret", "startUrl"),
    CLIENT_CHECK,
    {
      name: "access",
      decisive: true,
      check: (exchange) => findGrantFault(clientOf(exchange), DEVICE_CODE),
    },
    { name: "metadata", decisive: true, check: checkStartUrl },
  ],
  answer: (exchange, _, state) => {
    const client = clientOf(exchange);
    if (client === undefined) throw new TypeError("Cannot start: the checks let an unknown client pass");
    const { deviceCode, userCode } = state.signIns.startDevice(client, exchange.receivedAt);
    const uri = verificationUri(exchange, state);
    const authorization = {
      deviceCode,
      expiresIn: DEVICE_CODE_SECONDS,
      interval: POLL_INTERVAL_SECONDS,
      userCode,
      verificationUri: uri,
      verificationUriComplete: `${uri}?user_code=${userCode}`,
    };
    return respondJson(200, authorization, [["x-amzn-requestid", exchange.id]]);
  },
};
