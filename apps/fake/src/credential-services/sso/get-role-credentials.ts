import { IAM_NAME } from "../../terms/iam-name.ts";
import type { Fault } from "../../terms/faults.ts";
import { resolveSessionSeconds } from "../resolve-session-seconds.ts";
import { respondJson } from "../respond-json.ts";
import type { ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { ACCOUNT_CHECK, findAccountFault } from "./account-check.ts";
import { reservedRoleName } from "./permission-sets.ts";
import { ssoFault } from "./sso-refusals.ts";
import { SSO_TOKEN_CHECK } from "./sso-token.ts";

/** Whether the request names a role and an account. */
function checkParameters(exchange: ServiceExchange): Fault | undefined {
  if (IAM_NAME.test(exchange.parameters.get("role_name") ?? "")) return findAccountFault(exchange);
  return ssoFault("body-invalid", "InvalidRequestException", "Invalid role_name");
}

/** Whose sessions Identity Center hands out. */
const USER_NAME = "administrator";

/**
 * A session of a role, for whoever signed in.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html | GetRoleCredentials}
 */
export const GET_ROLE_CREDENTIALS: ServiceOperation = {
  name: "GetRoleCredentials",
  checks: [SSO_TOKEN_CHECK, { name: "parameters", decisive: true, check: checkParameters }, ACCOUNT_CHECK],
  answer: ({ id, parameters, receivedAt }, settings, { credentials }) => {
    const [role = "", accountId = ""] = ["role_name", "account_id"].map((name) => parameters.get(name));
    const issued = credentials.issue(
      { accountId, roleName: reservedRoleName(role, settings), sessionName: USER_NAME },
      resolveSessionSeconds(settings.sessionSeconds),
      receivedAt,
    );
    const roleCredentials = {
      accessKeyId: issued.accessKeyId,
      secretAccessKey: issued.secretAccessKey,
      sessionToken: issued.sessionToken,
      expiration: issued.expiration.getTime(),
    };
    return respondJson(200, { roleCredentials }, [["x-amzn-requestid", id]]);
  },
};
