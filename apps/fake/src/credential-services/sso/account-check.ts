import { isAccountId } from "@claude-on-aws/endpoints";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck, ServiceExchange } from "../service-exchange.ts";
import { ssoFault } from "./sso-refusals.ts";

/**
 * Looks whether a request names an account.
 *
 * @returns `body-invalid` where it does not.
 */
export function findAccountFault({ parameters }: ServiceExchange): Fault | undefined {
  if (isAccountId(parameters.get("account_id") ?? "")) return undefined;
  return ssoFault("body-invalid", "InvalidRequestException", "Invalid account_id");
}

/** Whether the user was let into the account: that of the fake. */
export const ACCOUNT_CHECK: ServiceCheck = {
  name: "access",
  check: ({ parameters }: ServiceExchange, { accountId }: FakeSettings) =>
    parameters.get("account_id") === accountId
      ? undefined
      : ssoFault("access-denied", "ForbiddenException", "No access"),
};
