import { respondJson } from "../respond-json.ts";
import type { ServiceOperation } from "../service-exchange.ts";
import { ACCOUNT_CHECK, findAccountFault } from "./account-check.ts";
import { PAGE_CHECK, pageOfList } from "./page-of-list.ts";
import { permissionSets } from "./permission-sets.ts";
import { SSO_TOKEN_CHECK } from "./sso-token.ts";

/**
 * The permission sets that a user has in an account.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccountRoles.html | ListAccountRoles}
 */
export const LIST_ACCOUNT_ROLES: ServiceOperation = {
  name: "ListAccountRoles",
  checks: [SSO_TOKEN_CHECK, PAGE_CHECK, { name: "parameters", decisive: true, check: findAccountFault }, ACCOUNT_CHECK],
  answer: (exchange, settings) => {
    const accountId = exchange.parameters.get("account_id");
    const roles = permissionSets(settings).map((roleName) => ({ roleName, accountId }));
    const { items: roleList, ...more } = pageOfList(roles, exchange);
    return respondJson(200, { roleList, ...more }, [["x-amzn-requestid", exchange.id]]);
  },
};
