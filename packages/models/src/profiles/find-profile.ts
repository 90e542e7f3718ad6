import { GEOGRAPHIES, type Geography, geographyOfRegion } from "@claude-on-aws/bedrock";
import { MODEL_PROFILES, type ProfileEvidence } from "./model-profiles.ts";
import { PROFILE_ROUTES, type ProfileRoute } from "./profile-routes.ts";

/** An inference profile as it is seen from one region. */
export interface FoundProfile {
  /** The profile's id, such as `jp.anthropic.claude-opus-5-5`. */
  readonly id: string;
  readonly geography: Geography;
  /** The id of its model on Bedrock. */
  readonly bedrockId: string;
  /** Where its requests run; an empty name stands for every commercial region. */
  readonly routedRegions: readonly string[];
  /** How well it is known; never `absent`. */
  readonly evidence: ProfileEvidence;
}

const BY_MODEL = /* @__PURE__ */ new Map(/* @__PURE__ */ MODEL_PROFILES.map((row) => [row.bedrockId, row]));
const KNOWN_REGIONS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ PROFILE_ROUTES.flatMap(({ sources }) => sources),
);

/**
 * Lists the regions from which Claude's inference profiles can be called.
 *
 * @example Usage
 * ```ts
 * import { profileRegions } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(profileRegions().includes("mx-central-1"), true);
 * ```
 *
 * @param geography Only the sources of this geography; null for those of any.
 * @returns Each name once.
 */
export function profileRegions(geography: Geography | null = null): readonly string[] {
  if (geography === null) return [...KNOWN_REGIONS];
  return PROFILE_ROUTES.filter((route) => route.geography === geography).flatMap(({ sources }) => sources);
}

/**
 * Lists the geographies of which profiles can be called from a region. A region that no table has is given what Claude Code
 * sends from it, and `global`.
 *
 * @example Usage
 * ```ts
 * import { profileGeographies } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(profileGeographies("ap-south-1"), ["in", "apac", "global"]);
 * deepEqual(profileGeographies("mx-central-1"), ["global"]);
 * ```
 *
 * @param region The region's name; null for every geography.
 * @returns The geographies, that of the smallest area first.
 */
export function profileGeographies(region: string | null): readonly Geography[] {
  if (region === null) return GEOGRAPHIES;
  if (!KNOWN_REGIONS.has(region)) return [...new Set<Geography>([geographyOfRegion(region), "global"])];
  return PROFILE_ROUTES.filter(({ sources }) => sources.includes(region)).map(({ geography }) => geography);
}

/**
 * Says where requests of a profile run when they are sent to a region.
 *
 * @example Usage
 * ```ts
 * import { routedRegions } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(routedRegions("us", "anthropic.claude-opus-5", "ca-central-1"), [
 *   "us-east-1", "us-east-2", "us-west-2", "ca-central-1",
 * ]);
 * deepEqual(routedRegions("global", "anthropic.claude-opus-5", "sa-east-1"), ["", "sa-east-1"]);
 * deepEqual(routedRegions("us", "anthropic.claude-opus-5", "eu-west-1"), []);
 * ```
 *
 * @param geography The geography of the profile.
 * @param bedrockId The id of its model on Bedrock.
 * @param region The region that is asked; null for every one from which the profile can be called.
 * @returns Names of regions, each once; an empty name stands for every commercial region. Empty where the profile cannot be
 * called from the region.
 */
export function routedRegions(geography: Geography, bedrockId: string, region: string | null): readonly string[] {
  if (region !== null && !KNOWN_REGIONS.has(region)) {
    return profileGeographies(region).includes(geography) ? [...(geography === "global" ? [""] : []), region] : [];
  }
  const found = new Set<string>();
  for (const route of PROFILE_ROUTES) {
    if (!isOnRoute(route, geography, bedrockId, region)) continue;
    for (const name of route.routed) found.add(name);
    if (!route.withSource) continue;
    for (const name of region === null ? route.sources : [region]) found.add(name);
  }
  return [...found];
}

/** Whether requests of a profile that are sent to a region go this way. */
const isOnRoute = (
  { geography: own, without, sources }: ProfileRoute,
  geography: Geography,
  bedrockId: string,
  region: string | null,
): boolean => own === geography && !without.includes(bedrockId) && (region === null || sources.includes(region));

/** Whether there is one of {@link routedRegions}; every request by a profile asks for that alone. */
function isCallable(geography: Geography, bedrockId: string, region: string | null): boolean {
  if (region !== null && !KNOWN_REGIONS.has(region)) return profileGeographies(region).includes(geography);
  return PROFILE_ROUTES.some((route) => isOnRoute(route, geography, bedrockId, region));
}

/**
 * Says how well it is known that a profile exists and can be called from a region.
 *
 * @example Usage
 * ```ts
 * import { profileEvidence } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(profileEvidence("jp", "anthropic.claude-opus-5-5", "ap-northeast-1"), "documented");
 * equal(profileEvidence("apac", "anthropic.claude-opus-5-5", "ap-northeast-1"), "absent");
 * equal(profileEvidence("us", "anthropic.claude-opus-5-5", "eu-central-1"), "absent");
 * ```
 *
 * @param geography The geography of the profile.
 * @param bedrockId The id of its model on Bedrock.
 * @param region The region that is asked; null where none is known.
 * @returns `unknown` for a model that no table has, `absent` where the region cannot call the profile.
 */
export function profileEvidence(geography: Geography, bedrockId: string, region: string | null): ProfileEvidence {
  if (!isCallable(geography, bedrockId, region)) return "absent";
  const row = BY_MODEL.get(bedrockId);
  return row === undefined ? "unknown" : (row.evidence[geography] ?? "absent");
}

/**
 * Lists the profiles of a model that can be called from a region.
 *
 * @example Usage
 * ```ts
 * import { findProfiles } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(
 *   findProfiles("anthropic.claude-opus-5-5", "ap-northeast-1").map(({ id }) => id),
 *   ["jp.anthropic.claude-opus-5-5", "global.anthropic.claude-opus-5-5"],
 * );
 * ```
 *
 * @param bedrockId The id of the model on Bedrock.
 * @param region The region that is asked; null for any.
 * @returns The profiles, that of the smallest area first; those on which the sources disagree are among them.
 */
export function findProfiles(bedrockId: string, region: string | null): readonly FoundProfile[] {
  return profileGeographies(region).flatMap((geography) => {
    const evidence = profileEvidence(geography, bedrockId, region);
    if (evidence === "absent") return [];
    const routed = routedRegions(geography, bedrockId, region);
    return [{ id: `${geography}.${bedrockId}`, geography, bedrockId, routedRegions: routed, evidence }];
  });
}

/**
 * Says whether a region takes the id of a model without a geography, for one of the models since Claude 3.5 Sonnet v2.
 *
 * @example Usage
 * ```ts
 * import { isServedBare } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(isServedBare("anthropic.claude-sonnet-4-6", "eu-west-2"), true);
 * equal(isServedBare("anthropic.claude-sonnet-4-6", "us-east-1"), false);
 * ```
 *
 * @param bedrockId The id on Bedrock.
 * @param region The region; null where none is known.
 * @returns Whether a model card says so.
 */
export function isServedBare(bedrockId: string, region: string | null): boolean {
  return region !== null && BY_MODEL.get(bedrockId)?.bareIn.includes(region) === true;
}
