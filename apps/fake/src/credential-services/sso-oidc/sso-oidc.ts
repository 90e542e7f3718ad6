import { respondJson } from "../respond-json.ts";
import type { CredentialService, ServiceOperation } from "../service-exchange.ts";
import { pageParameters } from "../page-parameters.ts";
import { CONFIRM_AUTHORIZATION, SHOW_AUTHORIZATION } from "./authorize.ts";
import { CREATE_TOKEN } from "./create-token.ts";
import { oauthError, oidcFault } from "./oidc-refusals.ts";
import { parseFields } from "./parse-fields.ts";
import { REGISTER_CLIENT } from "./register-client.ts";
import { START_DEVICE_AUTHORIZATION } from "./start-device-authorization.ts";

const OPERATIONS: ReadonlyMap<string, ServiceOperation> = new Map([
  ["POST /client/register", REGISTER_CLIENT],
  ["POST /device_authorization", START_DEVICE_AUTHORIZATION],
  ["POST /token", CREATE_TOKEN],
]);

/** What a browser asks for: its parameters are in the query, and what was pressed in a form. */
const PAGES: ReadonlyMap<string, ServiceOperation> = new Map([
  ["GET /authorize", SHOW_AUTHORIZATION],
  ["HEAD /authorize", SHOW_AUTHORIZATION],
  ["POST /authorize", CONFIRM_AUTHORIZATION],
]);

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/**
 * The OIDC service of IAM Identity Center: how a command line signs in through a browser. No request is signed.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html | OIDC API reference}
 */
export const SSO_OIDC: CredentialService = {
  read: (request, path) => {
    const { method, body, bodyTooLarge } = request;
    const page = PAGES.get(`${method} ${path}`);
    if (page !== undefined) return { operation: page, parameters: pageParameters(request) };
    const operation = OPERATIONS.get(`${method} ${path}`);
    const fields = bodyTooLarge === true ? undefined : parseFields(body);
    if (operation === undefined || fields !== undefined) return { operation, parameters: NO_PARAMETERS, ...fields };
    return { operation, parameters: NO_PARAMETERS, fault: oidcFault("InvalidRequestException", "Invalid request") };
  },
  respondFault: ({ status = 400, errorType = "InternalServerException", message }, requestId) =>
    respondJson(status, { error: oauthError(errorType), error_description: message }, [
      ["x-amzn-requestid", requestId],
      ["x-amzn-errortype", errorType],
    ]),
};
