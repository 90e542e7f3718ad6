import { queryParameters } from "../query-parameters.ts";
import { respondJson } from "../respond-json.ts";
import type { CredentialService, ServiceOperation } from "../service-exchange.ts";
import { GET_ROLE_CREDENTIALS } from "./get-role-credentials.ts";
import { LIST_ACCOUNT_ROLES } from "./list-account-roles.ts";
import { LIST_ACCOUNTS } from "./list-accounts.ts";
import { LOGOUT } from "./logout.ts";

const OPERATIONS: ReadonlyMap<string, ServiceOperation> = new Map([
  ["GET /federation/credentials", GET_ROLE_CREDENTIALS],
  ["GET /assignment/accounts", LIST_ACCOUNTS],
  ["GET /assignment/roles", LIST_ACCOUNT_ROLES],
  ["POST /logout", LOGOUT],
]);

/**
 * The access portal of IAM Identity Center: accounts, roles and their credentials, for whoever signed in.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/welcome.html | Portal API reference}
 */
export const SSO: CredentialService = {
  read: ({ method, target }, path) => ({
    operation: OPERATIONS.get(`${method} ${path}`),
    parameters: queryParameters(target),
  }),
  respondFault: ({ status = 400, errorType = "InvalidRequestException", message }, requestId) =>
    respondJson(status, { message, __type: `com.amazonaws.switchboard.portal#${errorType}` }, [
      ["x-amzn-requestid", requestId],
      ["x-amzn-errortype", errorType],
    ]),
};
