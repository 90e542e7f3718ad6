import { compareVersions } from "@claude-on-aws/endpoints";
import { describeProblem } from "./describe-problem.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import type { Provider } from "./provider.ts";
import type { Profile } from "./resolve-profile.ts";
import type { Sourced } from "./settings.ts";

/** Where a version of the client looks for the region, and what it takes if it finds none. */
export interface RegionRule {
  /** First version of Claude Code that follows the rule. */
  readonly since: string;
  readonly providers: readonly Provider[];
  readonly variables: readonly string[];
  /** Whether the active profile of the AWS files is read. */
  readonly readsProfile: boolean;
  /** What is taken if there is no region; null where nothing is sent then. */
  readonly fallback: string | null;
}

/**
 * The rules for the region, oldest first.
 *
 * @example Usage
 * ```ts
 * import { REGION_RULES } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * const rule = REGION_RULES.findLast(({ providers }) => providers.includes("bedrock"));
 * equal(rule?.fallback, "us-east-1");
 * ```
 *
 * @see {@link https://code.claude.com/docs/en/amazon-bedrock | Claude Code on Amazon Bedrock}, today's page and that
 * of mid 2025, which calls AWS_REGION required; observed in 2.1.197 and 2.1.329.
 */
export const REGION_RULES: readonly RegionRule[] = [
  { since: "0", providers: ["bedrock", "mantle"], variables: ["AWS_REGION"], readsProfile: false, fallback: null },
  {
    since: "2.1.172",
    providers: ["bedrock", "mantle"],
    variables: ["AWS_REGION", "AWS_DEFAULT_REGION"],
    readsProfile: true,
    fallback: "us-east-1",
  },
  {
    since: "0",
    providers: ["anthropic-aws"],
    variables: ["AWS_REGION", "AWS_DEFAULT_REGION"],
    readsProfile: false,
    fallback: null,
  },
  {
    since: "2.1.198",
    providers: ["anthropic-aws"],
    variables: ["AWS_REGION", "AWS_DEFAULT_REGION"],
    readsProfile: true,
    fallback: "us-east-1",
  },
];

// From this version on a malformed region counts as none.
const CHECKED_SINCE = "2.1.232";
// All that the client checks, as observed in 2.1.332; the names of AWS regions have a narrower form.
const REGION = /^[A-Za-z]{2}[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/;

/** What {@link resolveRegion} finds. */
export interface RegionResult {
  readonly region: Sourced<string> | null;
  readonly problems: readonly Problem[];
}

/**
 * Finds the region of an AWS provider.
 *
 * @param provider The provider that the region is for.
 * @param environment The variables.
 * @param profile The active profile of the AWS files.
 * @param clientVersion The client's version.
 * @returns The region, null where there is none, and what is wrong with it.
 */
export function resolveRegion(
  provider: Provider,
  environment: Environment,
  profile: Profile | undefined,
  clientVersion: string,
): RegionResult {
  const rule = REGION_RULES.findLast(
    ({ providers, since }) => providers.includes(provider) && compareVersions(clientVersion, since) >= 0,
  );
  if (rule === undefined) return { region: null, problems: [] };
  const problems: Problem[] = [];
  const candidates = rule.variables.map((name) => environment.text(name));
  if (rule.readsProfile) candidates.push(profile?.get("region"));
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    if (compareVersions(clientVersion, CHECKED_SINCE) < 0 || REGION.test(candidate.value)) {
      return { region: candidate, problems };
    }
    problems.push(describeProblem("regionMalformed", { source: candidate.source, value: candidate.value }));
  }
  const sought = [...rule.variables, ...(rule.readsProfile ? ["the active profile of ~/.aws"] : [])].join(", ");
  if (rule.fallback === null) {
    problems.push(describeProblem("regionMissing", { sought }));
    return { region: null, problems };
  }
  problems.push(describeProblem("regionDefaulted", { sought, fallback: rule.fallback }));
  return { region: { value: rule.fallback, source: "default" }, problems };
}
