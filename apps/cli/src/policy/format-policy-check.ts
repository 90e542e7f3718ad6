import type { PolicyCheck } from "./check-policies.ts";

/**
 * Writes a check for people: problems of the policies first, then what was denied, what was allowed, and what was not judged.
 *
 * @param check The check.
 * @returns The lines.
 */
export function formatPolicyCheck({ problems, permissions, notAsked, exchanges }: PolicyCheck): readonly string[] {
  const { total, allowed, denied, notJudged } = exchanges;
  const others = [
    ...(exchanges.notAsked > 0 ? [`${exchanges.notAsked} refused before permissions were asked`] : []),
    ...(notJudged > 0 ? [`${notJudged} without an authenticated caller or an action of Claude`] : []),
  ];
  return [
    ...problems.map(
      ({ policy, severity, path, message, fix }) => `${policy}: ${severity} at ${path}: ${message}. ${fix}`,
    ),
    ...(problems.length > 0 ? [""] : []),
    ...permissions.map(
      ({ verdict, count, action, resource, reason }) =>
        `${verdict === "allowed" ? "allowed" : "denied "} ${count}x ${action} on ${resource}: ${withoutResource(reason, resource)}`,
    ),
    ...notAsked.map(
      ({ count, operation, check, reason }) =>
        `not judged ${count}x ${operation}: refused before permissions were asked, by the check ${check}: ${reason}`,
    ),
    ...(permissions.length + notAsked.length > 0 ? [""] : []),
    [`${total} ${total === 1 ? "exchange" : "exchanges"}: ${allowed} allowed`, `${denied} denied`, ...others].join(
      ", ",
    ),
  ];
}

/** The line names the resource already. */
const withoutResource = (reason: string, resource: string): string => reason.replace(` on ${resource}`, "");
