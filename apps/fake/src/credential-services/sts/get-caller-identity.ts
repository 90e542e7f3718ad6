import type { ServiceOperation } from "../service-exchange.ts";
import { userPrincipal } from "../../principals/session-principal.ts";
import { respondXml } from "./respond-xml.ts";
import { verifyCaller } from "./verify-caller.ts";

/**
 * Who signed the request.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html | GetCallerIdentity}
 */
export const GET_CALLER_IDENTITY: ServiceOperation = {
  name: "GetCallerIdentity",
  checks: [{ name: "authentication", check: verifyCaller }],
  answer: ({ id, principal }, { accountId }) => {
    const { arn, userId, accountId: account } = principal ?? userPrincipal(accountId);
    return respondXml("GetCallerIdentity", { Arn: arn, UserId: userId, Account: account }, id);
  },
};
