import { rowsOf } from "./rows-of.ts";
import type { Rule } from "./rule.ts";
import { SOURCES } from "./sources.ts";

/** What the policies of a caller say. */
export const PERMISSION_RULES: readonly Rule[] = [
  {
    ...rowsOf("authentication")(
      "action-allowed",
      "fail",
      "The policies of the caller allow the action on each resource that the request touches.",
      "Allow the action on the resource in a policy of the principal, and see that no statement denies it.",
      SOURCES.claudePlatformRoutes,
    ),
    check: "permission",
    brokenBy: ["access-denied"],
  },
];
