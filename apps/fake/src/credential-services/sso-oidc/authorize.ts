import { parseClientId, type RegisteredClient } from "../../stores/sign-in/registered-client.ts";
import type { Fault } from "../../terms/faults.ts";
import type { WireReply } from "../../terms/wire.ts";
import { html } from "../../text/markup.ts";
import { DECISION_BUTTONS, DECISION_CHECK, decisionOf, ORIGIN_CHECK, refusePage } from "../page-decision.ts";
import { respondPage } from "../respond-page.ts";
import type { ServiceCheck, ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { AUTHORIZATION_CODE } from "./grants.ts";
import { findGrantFault } from "./oidc-checks.ts";
import { matchesRedirectUri } from "./redirect-uris.ts";

const clientOf = ({ parameters }: ServiceExchange): RegisteredClient | undefined =>
  parseClientId(parameters.get("client_id") ?? "");

const redirectUriOf = ({ parameters }: ServiceExchange): string => parameters.get("redirect_uri") ?? "";

/** What a client proves its code with later: 43 letters, as SHA-256 has in base64url. */
const CODE_CHALLENGE = /^[\w-]{43}$/;

/** The longest state that is sent back. */
const MAX_STATE_LENGTH = 1024;

/** Nobody is sent on who did not come from a client that registered, with a place that it registered. */
function checkRequest(exchange: ServiceExchange): Fault | undefined {
  const { parameters, receivedAt } = exchange;
  const client = clientOf(exchange);
  if (client === undefined) return refusePage("api-key-unknown", "This client is not registered");
  if (client.expiration <= receivedAt)
    return refusePage("credentials-expired", "This client's registration has expired");
  if (findGrantFault(client, AUTHORIZATION_CODE) !== undefined) {
    return refusePage("access-denied", "This client is not registered for authorization codes");
  }
  const asked = redirectUriOf(exchange);
  if (!client.redirectUris.some((registered) => matchesRedirectUri(asked, registered))) {
    return refusePage("body-invalid", "This client registered another redirect URI");
  }
  if (parameters.get("response_type") !== "code") return refusePage("body-invalid", "Expected the response type code");
  const hasChallenge =
    parameters.get("code_challenge_method") === "S256" && CODE_CHALLENGE.test(parameters.get("code_challenge") ?? "");
  if (!hasChallenge) return refusePage("body-invalid", "Expected a code challenge of the method S256");
  return (parameters.get("state") ?? "").length <= MAX_STATE_LENGTH
    ? undefined
    : refusePage("body-invalid", `Expected a state of ${MAX_STATE_LENGTH} letters at most`);
}

const REQUEST_CHECK: ServiceCheck = { name: "metadata", decisive: true, check: checkRequest };

const respondFault = ({ status = 400, message }: Fault): WireReply =>
  respondPage({ status, title: message, content: html`<p>Go back to the program that brought you here.</p>` });

/**
 * The page on which one allows a client to sign in, which it opens itself. AWS has no model of it; its command line, since
 * version 2.22, asks for it unless told to use a device code.
 *
 * @see {@link https://github.com/aws/aws-cli/blob/v2/awscli/botocore/utils.py | SSOTokenFetcherAuth of AWS's command line}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.3 | RFC 7636, code challenge with an authorization request}
 */
export const SHOW_AUTHORIZATION: ServiceOperation = {
  name: "ShowAuthorization",
  checks: [REQUEST_CHECK],
  answer: (exchange) => {
    const { origin } = new URL(redirectUriOf(exchange));
    const content = html`<form method="post">
      <p>
        <b>${clientOf(exchange)?.clientName}</b> wants to sign in, and is told so at <b>${origin}</b>. Allow it only if
        you started it.
      </p>
      ${DECISION_BUTTONS}
    </form>`;
    // Browsers hold a form to this wherever it is sent on to.
    return respondPage({ status: 200, title: "Allow this client?", content, leadsTo: origin });
  },
  respondFault,
};

/** What happens when one allows or denies: the browser carries the answer to the client. */
export const CONFIRM_AUTHORIZATION: ServiceOperation = {
  name: "ConfirmAuthorization",
  checks: [ORIGIN_CHECK, DECISION_CHECK, REQUEST_CHECK],
  answer: (exchange, _, { signIns }) => {
    const { parameters, receivedAt } = exchange;
    const redirectUri = redirectUriOf(exchange);
    const url = new URL(redirectUri);
    if (decisionOf(exchange) === "allowed") {
      const [clientId = "", codeChallenge = ""] = ["client_id", "code_challenge"].map((name) => parameters.get(name));
      url.searchParams.set("code", signIns.authorize({ clientId, redirectUri, codeChallenge }, receivedAt));
    } else url.searchParams.set("error", "access_denied");
    const state = parameters.get("state");
    if (state !== undefined) url.searchParams.set("state", state);
    return {
      status: 303,
      headers: [
        ["location", url.href],
        ["cache-control", "no-store"],
      ],
      body: new Uint8Array(),
    };
  },
  respondFault,
};
