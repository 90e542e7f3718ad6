import { MAX_CLIENT_NAME_LENGTH, registerClient } from "../../stores/sign-in/registered-client.ts";
import type { Fault } from "../../terms/faults.ts";
import { respondJson } from "../respond-json.ts";
import type { ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { GRANTS } from "./grants.ts";
import { requireMembers } from "./oidc-checks.ts";
import { isRedirectUri } from "./redirect-uris.ts";
import { oidcFault } from "./oidc-refusals.ts";

/** The scope of which AWS issues refresh tokens. */
const REFRESHING_SCOPE = "sso:account:access";

/** A scope as OAuth 2.0 writes one. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;

/** The most places that a client may name. */
const MAX_REDIRECT_URIS = 8;

function checkMetadata({ parameters, lists }: ServiceExchange): Fault | undefined {
  if (parameters.get("clientType") !== "public") {
    return oidcFault("InvalidClientMetadataException", "Invalid client type: expected public");
  }
  if ((parameters.get("clientName") ?? "").length > MAX_CLIENT_NAME_LENGTH) {
    return oidcFault(
      "InvalidClientMetadataException",
      `Invalid client name: expected ${MAX_CLIENT_NAME_LENGTH} letters at most`,
    );
  }
  if (lists?.get("scopes")?.every((scope) => SCOPE.test(scope)) === false) {
    return oidcFault("InvalidScopeException", "Invalid scope");
  }
  if (lists?.get("grantTypes")?.every((type) => GRANTS.has(type)) === false) {
    return oidcFault(
      "UnsupportedGrantTypeException",
      `Unsupported grant type: expected ${[...GRANTS.keys()].join(", ")}`,
    );
  }
  const redirectUris = lists?.get("redirectUris") ?? [];
  if (redirectUris.length <= MAX_REDIRECT_URIS && redirectUris.every(isRedirectUri)) return undefined;
  return oidcFault("InvalidRedirectUriException", `Invalid redirect URI: expected ${MAX_REDIRECT_URIS} URLs at most`);
}

const toSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/**
 * An ID and a secret, for whoever asks.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html | RegisterClient}
 */
export const REGISTER_CLIENT: ServiceOperation = {
  name: "RegisterClient",
  checks: [requireMembers("clientName", "clientType"), { name: "metadata", decisive: true, check: checkMetadata }],
  answer: ({ id, parameters, lists, receivedAt }) => {
    const asked = lists?.get("grantTypes");
    const registration = {
      clientName: parameters.get("clientName") ?? "",
      refreshes: lists?.get("scopes")?.includes(REFRESHING_SCOPE) === true,
      // However often a client names one.
      grantTypes: asked && [...new Set(asked)],
      redirectUris: lists?.get("redirectUris") ?? [],
    };
    const client = registerClient(registration, receivedAt);
    const registered = {
      clientId: client.clientId,
      clientSecret: client.clientSecret,
      clientIdIssuedAt: toSeconds(client.issuedAt),
      clientSecretExpiresAt: toSeconds(client.expiration),
    };
    return respondJson(200, registered, [["x-amzn-requestid", id]]);
  },
};
