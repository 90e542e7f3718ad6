import { GEOGRAPHIES, type Geography, parseInferenceProfileId } from "@claude-on-aws/bedrock";
import { findProfiles, routedRegions } from "@claude-on-aws/models";

/** A profile by its id, or at the end of an ARN. */
const PROFILE = /^(?:arn:[^/]+:inference-profile\/)?([^/:]+\..+)$/;

interface Profile {
  readonly id: string;
  readonly geography: Geography;
  readonly modelId: string;
}

function readProfile(text: string): Profile | undefined {
  const id = PROFILE.exec(text)?.[1];
  if (id === undefined || !GEOGRAPHIES.some((geography) => id.startsWith(`${geography}.`))) return undefined;
  return { id, ...parseInferenceProfileId(id) };
}

/**
 * Lists the profiles of a model in every geography of the partition, for a policy that holds in each region.
 *
 * @param model The id that is sent in one region.
 * @returns The ids of the profiles; the model itself where it is no id of a profile.
 */
export function everyGeography(model: string): readonly string[] {
  const profile = model.startsWith("arn:") ? undefined : readProfile(model);
  if (profile === undefined) return [model];
  const inGovCloud = profile.geography === "us-gov";
  const ids = findProfiles(profile.modelId, null)
    .filter(({ geography }) => (geography === "us-gov") === inGovCloud)
    .map(({ id }) => id);
  return ids.length === 0 ? [model] : ids;
}

/**
 * Says where the requests of profiles run.
 *
 * @param models Ids and ARNs, as they are sent.
 * @param region The region that they are sent to; null for every one.
 * @returns The regions by the id of the profile, without those of which nothing is known.
 */
export function routesOf(models: readonly string[], region: string | null): ReadonlyMap<string, readonly string[]> {
  const routes = new Map<string, readonly string[]>();
  for (const model of models) {
    const profile = readProfile(model);
    if (profile === undefined) continue;
    const regions = routedRegions(profile.geography, profile.modelId, region);
    if (regions.length === 0) continue;
    // Global requests run wherever there is room: the ARN without a region is that of all of them.
    const isEverywhere = region === null && profile.geography === "global";
    if (!isEverywhere) routes.set(profile.id, regions);
  }
  return routes;
}
