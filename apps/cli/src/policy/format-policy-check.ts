import type { PolicyCheck } from "./check-policies.ts";

/** Writes a check for people: problems of the policies first, then what was denied, then what was allowed. */
export function formatPolicyCheck({ problems, permissions, exchanges }: PolicyCheck): readonly string[] {
  const { total, allowed, denied, notJudged } = exchanges;
  return [
    ...problems.map(
      ({ policy, severity, path, message, fix }) => `${policy}: ${severity} at ${path}: ${message}. ${fix}`,
    ),
    ...(problems.length > 0 ? [""] : []),
    ...permissions.map(
      ({ verdict, count, action, resource, reason }) =>
        `${verdict === "allowed" ? "allowed" : "denied "} ${count}x ${action} on ${resource}: ${reason}`,
    ),
    ...(permissions.length > 0 ? [""] : []),
    `${total} exchanges: ${allowed} allowed, ${denied} denied${notJudged > 0 ? `, ${notJudged} without an authenticated caller or an action of Claude` : ""}`,
  ];
}
