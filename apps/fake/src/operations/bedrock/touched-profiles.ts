import type { ContextValue } from "@claude-on-aws/auth/iam";
import type { Touches } from "../../exchange/operation.ts";
import type { KnownResources, PermissionRequest, PermissionSettings, Touched } from "../../exchange/permission.ts";
import { bedrockArn } from "../../models/bedrock-arn.ts";
import { requestTagKeys } from "../../terms/tag-keys.ts";
import { decodeSegment } from "../../text/decode-segment.ts";
import { isObject } from "@claude-on-aws/endpoints";
import { profileTags } from "./profile-tags.ts";

/**
 * Says what a list of profiles acts on. The reference knows no resource of it, and yet documented policies name one.
 *
 * @returns All profiles of the kind that is listed.
 */
export const touchedByList: Touches = ({ query, region }, { accountId }) => {
  const isOwn = (query.get("type") ?? query.get("typeEquals")) === "APPLICATION";
  return [{ resource: bedrockArn(region, accountId, `${isOwn ? "application-" : ""}inference-profile/*`) }];
};

/**
 * Says what the creation of a profile acts on: the profile, and what it is made of; both with the tags that it is to
 * have.
 *
 * @returns The profile first.
 */
export const touchedByCreation: Touches = ({ region, body }, { accountId }) => {
  const { modelSource, tags } = body() ?? {};
  const copied = isObject(modelSource) ? modelSource["copyFrom"] : undefined;
  const context = requestTags(tags);
  return [
    { resource: bedrockArn(region, accountId, "application-inference-profile/*"), context },
    ...(typeof copied === "string" ? [{ resource: copied, context }] : []),
  ];
};

/**
 * Says what a request acts on that names a profile, by its ID or its ARN.
 *
 * @returns The profile, with its tags.
 */
export function touchedByName(
  { parameters, region }: PermissionRequest,
  { accountId }: PermissionSettings,
  { profiles }: KnownResources,
): readonly Touched[] {
  const id = decodeSegment(parameters["inferenceProfileIdentifier"] ?? "");
  const created = profiles.find(id);
  if (created !== undefined) return [{ resource: created.arn, context: profileTags(created) }];
  return [{ resource: id.startsWith("arn:") ? id : bedrockArn(region, accountId, `inference-profile/${id}`) }];
}

function requestTags(tags: unknown): Record<string, ContextValue> {
  const given = (Array.isArray(tags) ? tags : []).filter(
    (tag): tag is { readonly key: string; readonly value: string } =>
      isObject(tag) && typeof tag["key"] === "string" && typeof tag["value"] === "string",
  );
  return requestTagKeys(given.map(({ key, value }) => [key, value]));
}
