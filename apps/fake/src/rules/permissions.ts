import type { Rule } from "./rule.ts";
import { SOURCES } from "./sources.ts";

/** What the policies of a caller say. */
export const PERMISSION_RULES: readonly Rule[] = [
  {
    id: "action-allowed",
    group: "authentication",
    what: "The policies of the caller allow the action on each resource that the request touches.",
    level: "fail",
    fix: "Allow the action on the resource in a policy of the principal, and see that no statement denies it.",
    source: SOURCES.claudePlatformRoutes,
    check: "permission",
    brokenBy: ["access-denied"],
  },
];
