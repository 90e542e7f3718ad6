import { SERVICE_NAMES } from "./service-names.ts";

/** The actions that belong to a whole account, with their service prefix, in lower case. */
export const ACCOUNT_ACTION_NAMES: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set(
    Object.entries(SERVICE_NAMES).flatMap(([service, names]) =>
      names.accountActions.map((action) => `${service}:${action}`.toLowerCase()),
    ),
  ))();
