import type { StatementCondition } from "./policy.ts";
import type { RequestContext } from "./request-context.ts";

/** Keys whose values a client chose freely: they may hold a secret, and are not repeated. */
const FREE_TEXT = /UserAgent|Referer|Tag|SourceIdentity|userid/i;

/** The longest value that is repeated, in characters. */
const MAX_VALUE_LENGTH = 200;

/**
 * Says which conditions of a statement held, and what the request carried for each.
 *
 * @param conditions Those of the statement; all of them held.
 * @param context The values of condition keys.
 * @returns The end of a sentence, with the JSON paths; empty where the statement has no condition.
 */
export function formatHeldConditions(conditions: readonly StatementCondition[], context: RequestContext): string {
  if (conditions.length === 0) return "";
  const each = conditions.map(({ key, path }) => `${path} (${key} is ${formatValues(key, context)})`);
  return `: its ${each.length === 1 ? "condition holds" : "conditions hold"}, ${each.join(", ")}`;
}

function formatValues(key: string, context: RequestContext): string {
  const values = context.get(key.toLowerCase()) ?? [];
  if (values.length === 0) return "absent";
  if (FREE_TEXT.test(key)) return "given";
  const text = values.map((value) => JSON.stringify(value)).join(", ");
  return text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH)}…`;
}
