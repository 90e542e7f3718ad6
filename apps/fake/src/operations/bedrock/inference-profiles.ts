import type { Geography } from "@claude-on-aws/bedrock";
import { profileGeographies, routedRegions } from "@claude-on-aws/models";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ApplicationProfile } from "../../settings/application-profile.ts";
import { bedrockArn, foundationModelArn } from "../../models/bedrock-arn.ts";
import { decodeSegment } from "../../text/decode-segment.ts";
import { DEFAULT_REGION, regionOf } from "../../exchange/region-of.ts";
import { type ServedModel, servedModels } from "../../models/served-models.ts";
import { hasProfile, resolveBedrockModel } from "../../models/resolve-bedrock-model.ts";

/**
 * An inference profile as the control plane describes it.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_InferenceProfileSummary.html | InferenceProfileSummary}
 */
interface InferenceProfile {
  readonly inferenceProfileName: string;
  readonly description?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly inferenceProfileArn: string;
  readonly models: readonly { readonly modelArn: string }[];
  readonly inferenceProfileId: string;
  readonly status: "ACTIVE";
  readonly type: "SYSTEM_DEFINED" | "APPLICATION";
}

/** When the fake's profiles were made; AWS gives a time here, clients do not read it. */
const CREATED = "2026-01-01T00:00:00Z";
const MAX_RESULTS = 1000;

/** What the names of profiles begin with. */
const TITLES: Readonly<Record<Geography, string>> = {
  us: "US",
  eu: "EU",
  apac: "APAC",
  jp: "JP",
  au: "AU",
  in: "IN",
  "us-gov": "US GovCloud",
  global: "Global",
};

function systemProfile(model: ServedModel, geography: Geography, region: string, accountId: string): InferenceProfile {
  const regions = routedRegions(geography, model.bedrockId, region);
  const named = regions.filter((name) => name !== "");
  const id = `${geography}.${model.bedrockId}`;
  return {
    inferenceProfileName: `${TITLES[geography]} Anthropic ${model.displayName}`,
    description: `Routes requests to Anthropic ${model.displayName} ${geography === "global" ? "globally" : `in ${named.join(", ")}`}.`,
    createdAt: CREATED,
    updatedAt: CREATED,
    inferenceProfileArn: bedrockArn(region, accountId, `inference-profile/${id}`),
    // A global profile lists the model without a region, then in the caller's.
    models: regions.map((place) => ({ modelArn: foundationModelArn(place, model, region) })),
    inferenceProfileId: id,
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
  };
}

/**
 * Answers ListInferenceProfiles for the region of the caller.
 *
 * @returns A page of summaries, with a token where there are more; or what is wrong with the query.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html | ListInferenceProfiles}
 */
export function listInferenceProfiles(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): object | Fault {
  const { query } = exchange.route;
  const type = query.get("type") ?? query.get("typeEquals") ?? "SYSTEM_DEFINED";
  if (type !== "SYSTEM_DEFINED" && type !== "APPLICATION") {
    return invalid(
      `Value '${type}' at 'typeEquals' failed to satisfy constraint: Member must satisfy enum value set: [SYSTEM_DEFINED, APPLICATION]`,
    );
  }
  const size = Number(query.get("maxResults") ?? MAX_RESULTS);
  if (!Number.isInteger(size) || size < 1 || size > MAX_RESULTS) {
    return invalid(
      `Value '${query.get("maxResults")}' at 'maxResults' failed to satisfy constraint: Member must be from 1 to ${MAX_RESULTS}`,
    );
  }
  const start = Number(query.get("nextToken") ?? 0);
  if (!Number.isInteger(start) || start < 0) return invalid("The provided nextToken is invalid.");
  const region = regionOf(exchange, settings) ?? DEFAULT_REGION;
  const all =
    type === "APPLICATION" ? resources.profiles.list(region).map(applicationProfile) : systemProfiles(region, settings);
  const end = start + size;
  return {
    inferenceProfileSummaries: all.slice(start, end),
    ...(end < all.length ? { nextToken: String(end) } : {}),
  };
}

/** A profile that was created. */
const applicationProfile = (profile: ApplicationProfile): InferenceProfile => ({
  inferenceProfileName: profile.name,
  ...(profile.description === undefined ? {} : { description: profile.description }),
  createdAt: profile.createdAt.toISOString(),
  updatedAt: profile.createdAt.toISOString(),
  inferenceProfileArn: profile.arn,
  models: profile.modelArns.map((arn) => ({ modelArn: arn })),
  inferenceProfileId: profile.id,
  status: "ACTIVE",
  type: "APPLICATION",
});

/**
 * Lists the foundation models to which a system-defined profile routes.
 *
 * @returns Their ARNs.
 */
export function modelArnsOf(profileArn: string, region: string, model: ServedModel): readonly string[] {
  const id = profileArn.slice(profileArn.lastIndexOf("/") + 1);
  const { models } = systemProfile(model, id.slice(0, id.indexOf(".")) as Geography, region, "");
  return models.map(({ modelArn: arn }) => arn);
}

function systemProfiles(region: string, { models, facts, accountId }: FakeSettings): InferenceProfile[] {
  const offered = profileGeographies(region);
  return servedModels(models).flatMap((model) =>
    offered
      .filter((geography) => hasProfile(model, geography, region, facts))
      .map((geography) => systemProfile(model, geography, region, accountId)),
  );
}

const invalid = (message: string): Fault => fault("body-invalid", `1 validation error detected: ${message}`);

/**
 * Answers GetInferenceProfile, by ID or ARN.
 *
 * @returns The profile, or `profile-unknown`.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html | GetInferenceProfile}
 */
export function getInferenceProfile(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): object | Fault {
  const segment = exchange.route.parameters["inferenceProfileIdentifier"] ?? "";
  const region = regionOf(exchange, settings);
  const hostRegion = settings.region ?? exchange.route.hostRegion;
  const found = resolveBedrockModel(segment, settings, { region, hostRegion }, resources);
  if (found === undefined || !found.throughProfile) {
    return fault("profile-unknown", `The inference profile ${decodeSegment(segment)} was not found.`);
  }
  const { requested, model } = found;
  const created = resources.profiles.find(requested);
  if (created !== undefined) return applicationProfile(created);
  const place = region ?? DEFAULT_REGION;
  const account = settings.accountId;
  const name = requested.slice(requested.lastIndexOf("/") + 1);
  if (!requested.includes(":application-inference-profile/")) {
    return systemProfile(model, name.slice(0, name.indexOf(".")) as Geography, place, account);
  }
  return {
    ...systemProfile(model, "us", place, account),
    inferenceProfileName: name,
    description: "An application inference profile that was not created first.",
    inferenceProfileArn: requested,
    models: [{ modelArn: foundationModelArn(requested.split(":")[3] ?? place, model) }],
    inferenceProfileId: name,
    type: "APPLICATION",
  };
}
