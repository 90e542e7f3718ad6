import {
  type BedrockResource,
  BedrockError,
  decodeModelPath,
  parseArn,
  parseBedrockResource,
} from "@claude-on-aws/bedrock";
import type { FakeSettings } from "../options.ts";
import { type ServedModel, servedModels } from "../served-models.ts";

/** What a model identifier on Amazon Bedrock stands for. */
export interface BedrockModel {
  /** The identifier, decoded. */
  readonly requested: string;
  readonly model: ServedModel;
  /** Whether it was named through an inference profile. */
  readonly throughProfile: boolean;
}

/** The model behind an application inference profile that nobody created. */
const MODEL_OF_ANY_PROFILE = "claude-sonnet-4-5";

const PROFILE_ID = /^(?:us|eu|apac|jp|au|global|us-gov)\.(anthropic\..+)$/;

/**
 * Finds the model of an identifier as it stands in a path: the ID of a
 * foundation model or of a system-defined inference profile, or an ARN.
 *
 * @returns `undefined` where AWS would call the identifier invalid.
 */
export function resolveBedrockModel(segment: string, settings: FakeSettings): BedrockModel | undefined {
  try {
    const requested = decodeModelPath(segment);
    const found = requested.startsWith("arn:") ? fromArn(requested, settings) : fromId(requested, settings);
    return found && { requested, ...found };
  } catch (error) {
    if (error instanceof BedrockError) return undefined;
    throw error;
  }
}

type Found = Omit<BedrockModel, "requested">;

function fromId(id: string, { models }: FakeSettings): Found | undefined {
  const ofProfile = PROFILE_ID.exec(id)?.[1];
  const model = servedModels(models).find(({ bedrockId }) => bedrockId === (ofProfile ?? id));
  return model && { model, throughProfile: ofProfile !== undefined };
}

function fromArn(text: string, settings: FakeSettings): Found | undefined {
  const arn = parseArn(text);
  if (arn.service !== "bedrock") return undefined;
  return BY_KIND[parseBedrockResource(arn).kind]?.(parseBedrockResource(arn).id, arn.accountId, settings);
}

type Resolver = (id: string, accountId: string, settings: FakeSettings) => Found | undefined;

/** How each kind of resource leads to a model; a kind that is not here holds no Claude model. */
const BY_KIND: Partial<Record<BedrockResource["kind"], Resolver>> = {
  "foundation-model": (id, _, settings) => fromId(id, settings),
  "inference-profile": (id, _, settings) => {
    const found = fromId(id, settings);
    return found?.throughProfile === true ? found : undefined;
  },
  "application-inference-profile": (_, accountId, { facts, models }) => {
    const model = servedModels(models).find(({ id }) => id === MODEL_OF_ANY_PROFILE);
    return accountId === facts.profilesOfAccount && model ? { model, throughProfile: true } : undefined;
  },
};
