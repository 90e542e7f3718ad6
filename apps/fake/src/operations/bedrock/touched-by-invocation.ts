import type { ContextValue } from "@claude-on-aws/auth/iam";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import { isObject } from "@claude-on-aws/endpoints";
import { routedRegions } from "@claude-on-aws/models";
import type { KnownResources, PermissionRequest, PermissionSettings, Touched } from "../../exchange/permission.ts";
import { bedrockArn, foundationModelArn } from "../../models/bedrock-arn.ts";
import { resolveBedrockModel } from "../../models/resolve-bedrock-model.ts";
import { findByCanonicalId, type ServedModel } from "../../models/served-models.ts";
import { decodeSegment } from "../../text/decode-segment.ts";
import { profileTags } from "./profile-tags.ts";

/**
 * Says what an invocation acts on: a profile, and each model that it routes to, in its own region; or a model alone.
 * The models of a profile carry the profile in their context.
 *
 * @returns The profile first.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html | Prerequisites of inference profiles}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html | Global cross-Region inference}
 */
export function touchedByInvocation(
  request: PermissionRequest,
  settings: PermissionSettings,
  known: KnownResources,
): readonly Touched[] {
  const { parameters, region, hostRegion } = request;
  const context = invocationContext(request, settings);
  const segment = parameters["modelId"] ?? "";
  const resolved = resolveBedrockModel(segment, settings, { region, hostRegion }, known);
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
  const created = known.profiles.find(requested);
  const profile =
    created?.arn ?? (isArn ? requested : bedrockArn(place, settings.accountId, `inference-profile/${name}`));
  const throughProfile = { ...context, "bedrock:InferenceProfileArn": profile };
  const models =
    created?.modelArns ??
    placesOf(profile, name, place, model).map((routed) => foundationModelArn(routed, model, place));
  return [
    { resource: profile, context: { ...throughProfile, ...(created && profileTags(created)) } },
    ...models.map((resource) => ({
      resource,
      // A global profile routes to no region that is named.
      context: { ...throughProfile, "aws:RequestedRegion": resource.split(":")[3] || "unspecified" },
    })),
  ];
}

/** The regions whose models a profile uses; an empty one stands for all of them. */
function placesOf(profile: string, name: string, region: string, { bedrockId }: ServedModel): readonly string[] {
  if (profile.includes(":application-inference-profile/")) return [region];
  const geography = GEOGRAPHIES.find((known) => name.startsWith(`${known}.`));
  const places = geography === undefined ? [] : routedRegions(geography, bedrockId, region);
  return places.length === 0 ? [region] : places;
}

/** Condition keys of an invocation: the tier and the guardrail that it asks for. */
function invocationContext(
  { operation, headers, body, region }: PermissionRequest,
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
