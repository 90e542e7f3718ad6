import { GEOGRAPHIES, needsInferenceProfile } from "@claude-on-aws/bedrock";
import { nearestName } from "@claude-on-aws/endpoints";
import { MODELS } from "./catalogue.ts";
import { findModel } from "./find-model.ts";
import { messagesApiIds } from "./messages-api-ids.ts";
import { findProfiles, isServedBare } from "./profiles/find-profile.ts";

/** Who is asked for a model, and where. */
export interface ModelAddressee {
  readonly provider: "anthropic-aws" | "bedrock" | "mantle";
  /** The region of Amazon Bedrock; null where none is known. */
  readonly region: string | null;
}

const BEDROCK_IDS: readonly string[] = /* @__PURE__ */ MODELS.map(({ bedrockId }) => bedrockId);
/** How the ids begin under which a provider of the Messages API takes its models. */
const PREFIXES = { "anthropic-aws": "", mantle: "anthropic." } as const;
/** Profiles and models under an ARN; of an application's profile nobody knows the model. */
const RESOURCE = /^arn:[^/]+:(?:inference-profile|foundation-model)\/(.+)$/;
/** What an id of Bedrock has around the name of the first party. */
const BEDROCK_SPELLING = /^(?:[a-z-]+\.)?anthropic\.|-v\d+(?::\d+)?$/g;
/** What Claude Code puts behind a model, and never sends. */
const WINDOW_SUFFIX = /(?:\[1m\])+$/i;

/**
 * Lists the ids under which a service takes the model that an id was probably meant for: one that is written for another
 * service or another region, or with a mistake.
 *
 * @example Usage
 * ```ts
 * import { nearestModelIds } from "@claude-on-aws/models";
 * import { deepEqual } from "node:assert/strict";
 *
 * const tokyo = { provider: "bedrock", region: "ap-northeast-1" } as const;
 * deepEqual(nearestModelIds("us.anthropic.claude-opus-5-5", tokyo), [
 *   "jp.anthropic.claude-opus-5-5",
 *   "global.anthropic.claude-opus-5-5",
 * ]);
 * deepEqual(nearestModelIds("claude-opus-55", { provider: "mantle", region: null }), ["anthropic.claude-opus-5-5"]);
 * ```
 *
 * @param id The id or ARN that is not taken.
 * @param addressee Who is asked for it.
 * @returns The ids, the nearest first: on Bedrock the profile of the geography that the id names, where the region has it,
 * then that of the smallest area. Empty where no model is near.
 */
export function nearestModelIds(id: string, { provider, region }: ModelAddressee): readonly string[] {
  const named = (RESOURCE.exec(id)?.[1] ?? id).replace(WINDOW_SUFFIX, "");
  return provider === "bedrock" ? nearestOnBedrock(named, region) : nearestOnMessagesApi(named, PREFIXES[provider]);
}

function nearestOnMessagesApi(id: string, prefix: string): readonly string[] {
  const taken = messagesApiIds().map((each) => prefix + each);
  const meant = findModel(id);
  const named = meant === undefined ? undefined : prefix + meant.id;
  const bare = id.replace(BEDROCK_SPELLING, "");
  const nearest = named !== undefined && taken.includes(named) ? named : nearestName(prefix + bare, taken);
  return nearest === undefined ? [] : [nearest];
}

function nearestOnBedrock(id: string, region: string | null): readonly string[] {
  const geography = GEOGRAPHIES.find((name) => id.startsWith(`${name}.`));
  const bare = geography === undefined ? id : id.slice(geography.length + 1);
  const meant =
    findModel(id)?.bedrockId ?? nearestName(bare, BEDROCK_IDS) ?? nearestName(`anthropic.${bare}`, BEDROCK_IDS);
  if (meant === undefined) return [];
  const isBare = !needsInferenceProfile(meant) || isServedBare(meant, region);
  const profiles = findProfiles(meant, region).toSorted(
    (a, b) => Number(b.geography === geography) - Number(a.geography === geography),
  );
  const ids = profiles.map((profile) => profile.id);
  return geography === undefined && isBare ? [meant, ...ids] : [...ids, ...(isBare ? [meant] : [])];
}
