import type { ContextValue } from "@claude-on-aws/auth/iam";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { type Geography, regionsOfGeography } from "@claude-on-aws/bedrock";
import { isObject } from "@claude-on-aws/endpoints";
import type { ApplicationProfile } from "../resources/bedrock/profile-store.ts";
import { bedrockArn, foundationModelArn } from "../route/bedrock-arn.ts";
import { decodeSegment } from "../route/decode-segment.ts";
import { findByCanonicalId } from "../served-models.ts";
import { resolveBedrockModel } from "../validate/resolve-bedrock-model.ts";
import type { PermissionSettings, RequestFacts, Touched } from "./required-permissions.ts";
import { requestTagKeys, tagKeys } from "./tag-keys.ts";

type Resources = (request: RequestFacts, settings: PermissionSettings) => readonly Touched[];

/**
 * What an operation of Amazon Bedrock acts on, by the name of the parameter or
 * of the operation; of every other, the account.
 *
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Actions of Amazon Bedrock}
 */
export function bedrockResources(request: RequestFacts, settings: PermissionSettings): readonly Touched[] {
  return (BY_OPERATION[request.operation.name] ?? (() => [{ resource: "*" }]))(request, settings);
}

const BY_OPERATION: Readonly<Record<string, Resources>> = {
  InvokeModel: invokedModel,
  InvokeModelWithResponseStream: invokedModel,
  Converse: invokedModel,
  ConverseStream: invokedModel,
  CountTokens: invokedModel,
  // The reference knows no resource of it, and yet documented policies name one.
  ListInferenceProfiles: ({ query, region }, { accountId }) => {
    const isOwn = (query.get("type") ?? query.get("typeEquals")) === "APPLICATION";
    return [{ resource: bedrockArn(region, accountId, `${isOwn ? "application-" : ""}inference-profile/*`) }];
  },
  GetInferenceProfile: namedProfile,
  DeleteInferenceProfile: namedProfile,
  CreateInferenceProfile: ({ region, body }, { accountId }) => {
    const { modelSource, tags } = body() ?? {};
    const copied = isObject(modelSource) ? modelSource["copyFrom"] : undefined;
    const context = requestTags(tags);
    return [
      { resource: bedrockArn(region, accountId, "application-inference-profile/*"), context },
      ...(typeof copied === "string" ? [{ resource: copied, context }] : []),
    ];
  },
  GetFoundationModel: ({ parameters, region }) => {
    const id = decodeSegment(parameters["modelIdentifier"] ?? "");
    return [{ resource: id.startsWith("arn:") ? id : bedrockArn(region, "", `foundation-model/${id}`) }];
  },
};

function namedProfile(
  { parameters, region }: RequestFacts,
  { accountId, resources }: PermissionSettings,
): readonly Touched[] {
  const id = decodeSegment(parameters["inferenceProfileIdentifier"] ?? "");
  const created = resources.profiles.find(id);
  if (created !== undefined) return [{ resource: created.arn, context: resourceTags(created) }];
  return [{ resource: id.startsWith("arn:") ? id : bedrockArn(region, accountId, `inference-profile/${id}`) }];
}

const resourceTags = ({ tags }: ApplicationProfile): Record<string, ContextValue> =>
  tagKeys(
    "aws:ResourceTag",
    tags.map(({ key, value }) => [key, value]),
  );

function requestTags(tags: unknown): Record<string, ContextValue> {
  const given = (Array.isArray(tags) ? tags : []).filter(
    (tag): tag is { readonly key: string; readonly value: string } =>
      isObject(tag) && typeof tag["key"] === "string" && typeof tag["value"] === "string",
  );
  return requestTagKeys(given.map(({ key, value }) => [key, value]));
}

/**
 * A profile, and each model that it routes to, in its own region; a model
 * alone. The models behind a profile carry the profile in their context.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html | Prerequisites of inference profiles}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html | Global cross-Region inference}
 */
function invokedModel(request: RequestFacts, settings: PermissionSettings): readonly Touched[] {
  const { parameters, region, hostRegion } = request;
  const context = invocationContext(request, settings);
  const segment = parameters["modelId"] ?? "";
  const resolved = resolveBedrockModel(segment, settings, { region, hostRegion });
  const requested = decodeSegment(segment);
  const isArn = requested.startsWith("arn:");
  const place = (isArn ? requested.split(":")[3] : undefined) ?? region;
  const name = isArn ? requested.slice(requested.lastIndexOf("/") + 1) : requested;
  // A profile that another fake knew: what it stood for is in the journal.
  const model =
    resolved?.model ?? (request.model === undefined ? undefined : findByCanonicalId(request.model, settings.models));
  const isProfile = resolved?.throughProfile ?? requested.includes("inference-profile/");
  if (model === undefined || !isProfile) {
    // The model check refuses what is unknown; whoever may not use it learns no more than that.
    const id = model?.bedrockId ?? name;
    return [{ resource: isArn ? requested : bedrockArn(place, "", `foundation-model/${id}`), context }];
  }
  const created = settings.resources.profiles.find(requested);
  const profile =
    created?.arn ?? (isArn ? requested : bedrockArn(place, settings.accountId, `inference-profile/${name}`));
  const behind = { ...context, "bedrock:InferenceProfileArn": profile };
  const models =
    created?.modelArns ?? routedRegions(profile, name, place).map((routed) => foundationModelArn(routed, model, place));
  return [
    { resource: profile, context: { ...behind, ...(created && resourceTags(created)) } },
    ...models.map((resource) => ({
      resource,
      // A global profile routes to no region that is named.
      context: { ...behind, "aws:RequestedRegion": resource.split(":")[3] || "unspecified" },
    })),
  ];
}

/** The regions whose models a profile uses; an empty one stands for all of them. */
function routedRegions(profile: string, name: string, region: string): readonly string[] {
  if (profile.includes(":application-inference-profile/")) return [region];
  const geography = name.slice(0, name.indexOf(".")) as Geography;
  return geography === "global" ? [region, ""] : regionsOfGeography(geography);
}

/** Condition keys of an invocation: the tier and the guardrail that it asks for. */
function invocationContext(
  { operation, headers, body, region }: RequestFacts,
  { accountId }: PermissionSettings,
): Record<string, ContextValue> {
  const { tier, guardrail, version } = operation.name.startsWith("Converse")
    ? askedInBody(body() ?? {})
    : {
        tier: headerValue(headers, "x-amzn-bedrock-service-tier"),
        guardrail: headerValue(headers, "x-amzn-bedrock-guardrailidentifier"),
        version: headerValue(headers, "x-amzn-bedrock-guardrailversion"),
      };
  const arn =
    guardrail === undefined || guardrail.startsWith("arn:")
      ? guardrail
      : bedrockArn(region, accountId, `guardrail/${guardrail}`);
  return {
    ...(tier === undefined ? {} : { "bedrock:ServiceTier": tier }),
    // A draft has no version in its ARN.
    ...(arn === undefined || arn === ""
      ? {}
      : { "bedrock:GuardrailIdentifier": version === undefined || version === "DRAFT" ? arn : `${arn}:${version}` }),
  };
}

interface Asked {
  readonly tier: string | undefined;
  readonly guardrail: string | undefined;
  readonly version: string | undefined;
}

function askedInBody({ serviceTier, guardrailConfig }: Readonly<Record<string, unknown>>): Asked {
  const text = (value: unknown, key: string): string | undefined => {
    const found = isObject(value) ? value[key] : undefined;
    return typeof found === "string" ? found : undefined;
  };
  return {
    tier: text(serviceTier, "type"),
    guardrail: text(guardrailConfig, "guardrailIdentifier"),
    version: text(guardrailConfig, "guardrailVersion"),
  };
}
