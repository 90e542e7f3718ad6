import { isServedBare } from "@claude-on-aws/models";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { foundationModelArn } from "../../models/bedrock-arn.ts";
import { DEFAULT_REGION, regionOf } from "../../exchange/region-of.ts";
import { findOnBedrock, isDeniedBy, type ServedModel, servedModels } from "../../models/served-models.ts";
import { pathId } from "../../exchange/path-id.ts";
import { constraint } from "../../terms/constraint.ts";

/** A foundation model as the control plane describes it. */
interface FoundationModel {
  readonly modelArn: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly providerName: string;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly responseStreamingSupported: boolean;
  readonly customizationsSupported: readonly string[];
  readonly inferenceTypesSupported: readonly string[];
  readonly modelLifecycle: { readonly status: "ACTIVE" };
}

const describeModel = (model: ServedModel, region: string): FoundationModel => ({
  modelArn: foundationModelArn(region, model),
  modelId: model.bedrockId,
  modelName: model.displayName,
  providerName: "Anthropic",
  inputModalities: ["TEXT", "IMAGE"],
  outputModalities: ["TEXT"],
  responseStreamingSupported: true,
  customizationsSupported: [],
  inferenceTypesSupported: model.onDemand
    ? ["ON_DEMAND"]
    : [...(isServedBare(model.bedrockId, region) ? ["ON_DEMAND"] : []), "INFERENCE_PROFILE"],
  modelLifecycle: { status: "ACTIVE" },
});

/** Filters of a list: their values, where these are few, and what they look at. */
const FILTERS: Readonly<
  Record<string, { readonly values?: readonly string[]; readonly of: (model: FoundationModel) => readonly string[] }>
> = {
  byProvider: { of: ({ providerName }) => [providerName] },
  byCustomizationType: {
    values: ["FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION"],
    of: ({ customizationsSupported }) => customizationsSupported,
  },
  byOutputModality: { values: ["TEXT", "IMAGE", "EMBEDDING"], of: ({ outputModalities }) => outputModalities },
  byInferenceType: {
    values: ["ON_DEMAND", "PROVISIONED"],
    of: ({ inferenceTypesSupported }) => inferenceTypesSupported,
  },
};

/**
 * Answers ListFoundationModels: Claude's, since the fake has no others.
 *
 * @returns The summaries that pass every filter of the query, or what is wrong with a filter.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html | ListFoundationModels}
 */
export function listFoundationModels(exchange: Exchange, settings: FakeSettings): object | Fault {
  const { query } = exchange.route;
  const region = regionOf(exchange, settings) ?? DEFAULT_REGION;
  let modelSummaries = servedModels(settings.models).map((model) => describeModel(model, region));
  for (const [name, { values, of }] of Object.entries(FILTERS)) {
    const asked = query.get(name);
    if (asked === null) continue;
    if (values !== undefined && !values.includes(asked)) {
      return constraint(asked, name, `Member must satisfy enum value set: [${values.join(", ")}]`);
    }
    modelSummaries = modelSummaries.filter((model) => of(model).some((value) => sameName(value, asked)));
  }
  return { modelSummaries };
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Answers GetFoundationModel, by ID or ARN.
 *
 * @returns The details of the model, or `resource-unknown`.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html | GetFoundationModel}
 */
export function getFoundationModel(exchange: Exchange, settings: FakeSettings): object | Fault {
  const identifier = pathId(exchange, "modelIdentifier");
  const region = regionOf(exchange, settings) ?? DEFAULT_REGION;
  const model = findModel(identifier, region, settings);
  return model === undefined ? unknown(identifier) : { modelDetails: describeModel(model, region) };
}

/**
 * Answers GetFoundationModelAvailability: whether the account was granted the
 * model, and has sent the form about its use cases.
 *
 * @returns The four answers of the service, or `resource-unknown`.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html | GetFoundationModelAvailability}
 */
export function getFoundationModelAvailability(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): object | Fault {
  const identifier = pathId(exchange, "modelId");
  const model = findOnBedrock(identifier, settings.models);
  if (model === undefined) return unknown(identifier);
  const available = isDeniedBy(settings.deniedModels, model) ? "NOT_AVAILABLE" : "AVAILABLE";
  return {
    modelId: model.bedrockId,
    agreementAvailability: { status: available },
    authorizationStatus: resources.useCaseForm.formData === undefined ? "NOT_AUTHORIZED" : "AUTHORIZED",
    entitlementAvailability: available,
    regionAvailability: "AVAILABLE",
  };
}

const unknown = (identifier: string): Fault =>
  fault("resource-unknown", `Could not resolve the foundation model from the model identifier: ${identifier}`, {
    fix: "Use a modelId or a modelArn that ListFoundationModels names in this region; claude-on-aws models prints the IDs.",
  });

function findModel(identifier: string, region: string, { models }: FakeSettings): ServedModel | undefined {
  if (!identifier.startsWith("arn:")) return findOnBedrock(identifier, models);
  const model = findOnBedrock(identifier.slice(identifier.lastIndexOf("/") + 1), models);
  // Compared whole: policies know a model by no other ARN.
  return model !== undefined && identifier === foundationModelArn(region, model) ? model : undefined;
}
