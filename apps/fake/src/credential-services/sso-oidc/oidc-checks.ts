import { parseClientId, type RegisteredClient } from "../../stores/sign-in/registered-client.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck, ServiceExchange } from "../service-exchange.ts";
import { oidcFault } from "./oidc-refusals.ts";

/**
 * Makes the check whether a request has all members that an operation needs.
 *
 * @returns A check that names the first that is missing.
 */
export const requireMembers = (...names: readonly string[]): ServiceCheck => ({
  name: "parameters",
  decisive: true,
  check: (exchange) => findMissing(exchange, names),
});

/**
 * Looks for a member that is not there, or is empty.
 *
 * @returns `body-invalid` for the first.
 */
export function findMissing({ parameters }: ServiceExchange, names: readonly string[]): Fault | undefined {
  const missing = names.find((name) => (parameters.get(name) ?? "") === "");
  return missing === undefined
    ? undefined
    : oidcFault("InvalidRequestException", `Missing required parameter: ${missing}`);
}

/** Whether the client registered, and its secret is right and has not ended. */
export const CLIENT_CHECK: ServiceCheck = { name: "authentication", decisive: true, check: checkClient };

function checkClient(exchange: ServiceExchange): Fault | undefined {
  const client = clientOf(exchange);
  if (client === undefined) return oidcFault("InvalidClientException", "Invalid client ID provided");
  if (client.clientSecret !== exchange.parameters.get("clientSecret")) {
    return oidcFault("InvalidClientException", "Invalid client secret provided");
  }
  if (client.expiration > exchange.receivedAt) return undefined;
  return oidcFault("InvalidClientException", "The registration of the client has expired");
}

/**
 * Finds the client that a request names.
 *
 * @returns `undefined` where it did not register.
 */
export const clientOf = ({ parameters }: ServiceExchange): RegisteredClient | undefined =>
  parseClientId(parameters.get("clientId") ?? "");

/**
 * Looks whether a client may use a grant type.
 *
 * @returns `access-denied` where it registered for others alone.
 */
export function findGrantFault(client: RegisteredClient | undefined, grantType: string): Fault | undefined {
  if (client?.grantTypes?.includes(grantType) !== false) return undefined;
  return oidcFault("UnauthorizedClientException", `The client is not registered for the grant type ${grantType}`);
}
