import { isObject } from "@claude-on-aws/endpoints";
import type { Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { KnownResources, PermissionState } from "../exchange/permission.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { decodeSegment } from "../text/decode-segment.ts";
import { namedWorkspace } from "./required-permissions.ts";

/** What is noted of most requests where there are no principals: one object for all of them. */
const NOTHING: PermissionState = Object.freeze({});

/**
 * Notes what clients made that a request is about.
 *
 * @returns Without principals, one object for all requests that are about nothing of that kind.
 */
export function permissionState(
  { route, request }: Pick<Exchange, "route" | "request">,
  { workspaceRegions }: Pick<FakeSettings, "workspaceRegions">,
  { profiles, workspaces }: Pick<FakeState["resources"], "profiles" | "workspaces">,
  principal: PermissionState["principal"],
): PermissionState {
  const { provider, operation, parameters } = route;
  const known = principal === undefined ? NOTHING : { principal };
  if (provider === "bedrock") {
    const segment = parameters["modelId"] ?? parameters["inferenceProfileIdentifier"];
    if (segment === undefined) return known;
    const id = decodeSegment(segment);
    const profile = profiles.find(id);
    if (profile !== undefined) return { ...known, profile };
    return profiles.isDeleted(id) ? { ...known, profileIsDeleted: true } : known;
  }
  if (provider !== "anthropic-aws" || operation === undefined) return known;
  const workspace = namedWorkspace({ operation, parameters, headers: request.headers });
  const kept = workspace === undefined ? undefined : workspaces.kept(workspace);
  if (kept === undefined) return known;
  const { id, region, tags } = kept;
  const shortTags = Object.entries(tags).filter((tag) => tag.every((text) => text.length <= MAX_TAG_LENGTH));
  if (shortTags.length === 0 && region === workspaceRegions.get(id)) return known;
  return { ...known, workspace: { region, tags: Object.fromEntries(shortTags) } };
}

/** The longest key and the longest value of a tag that are kept: no tag of AWS has longer ones. */
const MAX_TAG_LENGTH = 256;

/**
 * Restores what clients had made when permissions were asked.
 *
 * @returns It finds what was noted, whatever it is asked for.
 */
export const resourcesAt = ({ profile, profileIsDeleted, workspace }: PermissionState): KnownResources => ({
  profiles: { find: () => profile, isDeleted: () => profileIsDeleted === true },
  workspaces: { kept: () => workspace },
});

/** Texts of a body that permissions depend on, by field, and by field of a field. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  service_tier: [],
  serviceTier: ["type"],
  guardrailConfig: ["guardrailIdentifier", "guardrailVersion"],
  modelSource: ["copyFrom"],
};

/** The longest text that is kept of a body: an ARN of a profile. */
const MAX_TEXT_LENGTH = 2048;

/**
 * Picks what permissions depend on out of a body. Tags are left out: there may be many.
 *
 * @returns `undefined` where nothing in it matters.
 */
export function permissionFields(body: Readonly<Record<string, unknown>>): PermissionState["body"] {
  const kept: Record<string, unknown> = {};
  for (const [name, inside] of Object.entries(TEXTS)) {
    const value = inside.length === 0 ? shortText(body[name]) : shortTexts(body[name], inside);
    if (value !== undefined) kept[name] = value;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

const shortText = (value: unknown): string | undefined =>
  typeof value === "string" && value.length <= MAX_TEXT_LENGTH ? value : undefined;

function shortTexts(value: unknown, names: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (!isObject(value)) return undefined;
  const texts = names.flatMap((name): [string, string][] => {
    const text = shortText(value[name]);
    return text === undefined ? [] : [[name, text]];
  });
  return Object.fromEntries(texts);
}
