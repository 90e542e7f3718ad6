import {
  type BedrockResource,
  BedrockError,
  decodeModelPath,
  GEOGRAPHIES,
  type Geography,
  parseArn,
  parseBedrockResource,
} from "@claude-on-aws/bedrock";
import { partitionOfRegion } from "@claude-on-aws/endpoints";
import type { Facts } from "../terms/uncertain-facts.ts";
import { profileEvidence, type ProfileEvidence, routedRegions } from "@claude-on-aws/models";
import { findOnBedrock, findOnMessagesApi, type ServedModel } from "./served-models.ts";

/** What a model identifier on Amazon Bedrock stands for. */
export interface BedrockModel {
  /** The identifier, decoded. */
  readonly requested: string;
  readonly model: ServedModel;
  /** Whether it was named through an inference profile. */
  readonly throughProfile: boolean;
}

/** Settings by which a model is found. */
export interface ModelSettings {
  readonly accountId: string;
  /** IDs of models that are served besides the known ones. */
  readonly models: readonly string[];
  readonly facts: Facts;
}

/** Where a request asks for a model. */
export interface AskedFrom {
  /** The region of the request; absent where nothing names one. */
  readonly region: string | undefined;
  /** The region of its host, or of the fake; absent where only the signature names one. */
  readonly hostRegion: string | undefined;
}

/** An application inference profile that was created, as far as its model is asked for. */
interface CreatedProfile {
  readonly id: string;
  readonly region: string;
  readonly model: ServedModel;
}

/** The application inference profiles that were created. */
export interface CreatedProfiles {
  readonly profiles: {
    find(identifier: string): CreatedProfile | undefined;
    /** Whether one existed and was deleted. */
    isDeleted(identifier: string): boolean;
  };
}

/** The model of an application inference profile that nobody created. */
const MODEL_OF_ANY_PROFILE = "claude-sonnet-4-5";

/**
 * Finds the model of an identifier as it stands in a path: the ID of a
 * foundation model or of a system-defined inference profile, or an ARN.
 *
 * @returns `undefined` where AWS would call the identifier invalid, as it does for what is of another region, and for an
 * ARN with another partition than its region's or with an account that does not own the resource: a policy that denies the
 * resource does not name it like that.
 */
export function resolveBedrockModel(
  segment: string,
  settings: ModelSettings,
  from: AskedFrom,
  made?: CreatedProfiles,
): BedrockModel | undefined {
  try {
    const requested = decodeModelPath(segment);
    const created = findCreated(requested, settings.facts, from, made);
    if (created !== undefined) return created === "deleted" ? undefined : { requested, ...created };
    // Each by its name: all that settings hold is copied on each request otherwise.
    const { accountId, models, facts } = settings;
    const asked: Asked = { accountId, models, facts, region: from.region, hostRegion: from.hostRegion };
    const found = requested.startsWith("arn:") ? fromArn(requested, asked) : fromId(requested, asked);
    return found && { requested, model: found.model, throughProfile: found.throughProfile };
  } catch (error) {
    if (error instanceof BedrockError) return undefined;
    throw error;
  }
}

type Found = Omit<BedrockModel, "requested">;

/** Looks among the application inference profiles that were created. */
function findCreated(
  requested: string,
  facts: Facts,
  { region, hostRegion }: AskedFrom,
  made: CreatedProfiles | undefined,
): Found | "deleted" | undefined {
  const profile = made?.profiles.find(requested);
  if (profile === undefined) return made?.profiles.isDeleted(requested) === true ? "deleted" : undefined;
  const bound = facts.applicationProfilesFollowScope || requested === profile.id ? region : hostRegion;
  if (bound !== undefined && bound !== profile.region) return undefined;
  return { model: profile.model, throughProfile: true };
}

interface Asked extends AskedFrom, ModelSettings {}

function fromId(id: string, asked: Asked): Found | undefined {
  const bare = findOnBedrock(id, asked.models);
  if (bare !== undefined) return { model: bare, throughProfile: false };
  const dot = id.indexOf(".");
  const geography = GEOGRAPHIES.find((name) => name === id.slice(0, dot));
  if (geography === undefined) return undefined;
  const model = findOnBedrock(id.slice(dot + 1), asked.models);
  return model !== undefined && hasProfile(model, geography, asked.region, asked.facts)
    ? { model, throughProfile: true }
    : undefined;
}

/**
 * Tells whether a system-defined inference profile exists and can be called from a region.
 *
 * @param region The region; `undefined` where nothing names one.
 * @returns `true` for every geography that the region has, where the table of profiles is not believed.
 */
export function hasProfile(
  { bedrockId }: ServedModel,
  geography: Geography,
  region: string | undefined,
  facts: Facts,
): boolean {
  const from = region ?? null;
  if (!facts.profilesAsDocumented) return routedRegions(geography, bedrockId, from).length > 0;
  return IS_THERE[profileEvidence(geography, bedrockId, from)](facts);
}

/** What each evidence for a profile comes to. */
const IS_THERE: Readonly<Record<ProfileEvidence, (facts: Facts) => boolean>> = {
  documented: () => true,
  unknown: () => true,
  client: ({ profilesOfOneSource }) => profilesOfOneSource,
  contradicted: ({ contradictedProfiles }) => contradictedProfiles,
  absent: () => false,
};

function fromArn(text: string, asked: Asked): Found | undefined {
  const arn = parseArn(text);
  if (arn.service !== "bedrock" || arn.partition !== partitionOfRegion(arn.region).name) return undefined;
  const { kind, id } = parseBedrockResource(arn);
  const { region, hostRegion, facts } = asked;
  // Where only the signature names a region, the ARN of an application inference profile may name another.
  const bound = kind === "application-inference-profile" && !facts.applicationProfilesFollowScope ? hostRegion : region;
  if (bound !== undefined && bound !== arn.region) return undefined;
  return BY_KIND[kind]?.(id, arn.accountId, { ...asked, region: arn.region });
}

type Resolver = (id: string, accountId: string, asked: Asked) => Found | undefined;

/** How each kind of resource leads to a model; a kind that is not here holds no Claude model. */
const BY_KIND: Partial<Record<BedrockResource["kind"], Resolver>> = {
  // Nobody's: its ARN names no account.
  "foundation-model": (id, accountId, { models }) => {
    const model = accountId === "" ? findOnBedrock(id, models) : undefined;
    return model && { model, throughProfile: false };
  },
  "inference-profile": (id, accountId, asked) => {
    const found = accountId === asked.accountId ? fromId(id, asked) : undefined;
    return found?.throughProfile === true ? found : undefined;
  },
  "application-inference-profile": (_, accountId, { facts, models }) => {
    const model = findOnMessagesApi(MODEL_OF_ANY_PROFILE, models);
    return accountId === facts.profilesOfAccount && model ? { model, throughProfile: true } : undefined;
  },
};
