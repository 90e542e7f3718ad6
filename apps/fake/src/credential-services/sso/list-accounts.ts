import { respondJson } from "../respond-json.ts";
import type { ServiceOperation } from "../service-exchange.ts";
import { PAGE_CHECK, pageOfList } from "./page-of-list.ts";
import { SSO_TOKEN_CHECK } from "./sso-token.ts";

/**
 * The accounts that a user may enter: that of the fake.
 *
 * @see {@link https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html | ListAccounts}
 */
export const LIST_ACCOUNTS: ServiceOperation = {
  name: "ListAccounts",
  checks: [SSO_TOKEN_CHECK, PAGE_CHECK],
  answer: (exchange, { accountId }) => {
    const accounts = [{ accountId, accountName: "fake", emailAddress: "fake@example.com" }];
    const { items: accountList, ...more } = pageOfList(accounts, exchange);
    return respondJson(200, { accountList, ...more }, [["x-amzn-requestid", exchange.id]]);
  },
};
