import { getInferenceProfile, modelArnsOf } from "./inference-profiles.ts";
import type { Reply } from "../../exchange/reply.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { bedrockArn } from "../../models/bedrock-arn.ts";
import { DEFAULT_REGION, regionOf } from "../../exchange/region-of.ts";
import { resolveBedrockModel } from "../../models/resolve-bedrock-model.ts";
import { pathId } from "../../exchange/path-id.ts";
import type { ApplicationProfile } from "../../settings/application-profile.ts";
import { readProfile } from "./read-profile.ts";

/** How long the ID of an application inference profile is. */
const ID_LENGTH = 12;

/**
 * Answers CreateInferenceProfile: the profile can be called at once.
 *
 * @returns The ARN of the profile, or of the one that is there already where the client repeats its token; or why none
 * is made.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateInferenceProfile.html | CreateInferenceProfile}
 */
export function createInferenceProfile(
  exchange: Exchange,
  settings: FakeSettings,
  { resources: { profiles } }: FakeState,
): Reply | Fault {
  const asked = readProfile(exchange.input ?? {});
  if (!("copyFrom" in asked)) return asked;
  const region = regionOf(exchange, settings) ?? DEFAULT_REGION;
  const { copyFrom, ...rest } = asked;
  const here = profiles.list(region);
  const same = here.find(({ clientRequestToken: token }) => token !== undefined && token === asked.clientRequestToken);
  if (same !== undefined) return created(same);
  if (here.some(({ name }) => name === asked.name)) {
    return fault("conflict", `An inference profile with the name ${asked.name} already exists in this account.`);
  }
  const source = findSource(copyFrom, region, settings);
  if (source === undefined) {
    return fault(
      "body-invalid",
      "The provided model source is neither a foundation model nor a system-defined inference profile of this region.",
    );
  }
  const id = settings.randomUuid().replaceAll("-", "").slice(-ID_LENGTH);
  const arn = bedrockArn(region, settings.accountId, `application-inference-profile/${id}`);
  const profile = { id, arn, region, createdAt: settings.now(), ...source, ...rest };
  if (!profiles.add(profile)) {
    return fault("quota-exceeded", "The account has as many application inference profiles as it may have.");
  }
  return created(profile);
}

const created = ({ arn }: ApplicationProfile): Reply => ({
  kind: "json",
  status: 201,
  value: { inferenceProfileArn: arn, status: "ACTIVE" },
});

/**
 * Finds the model that an ARN of the request's region stands for, and the foundation models to which it routes.
 *
 * @returns `undefined` where there is no such model, or the ARN is that of an application inference profile.
 */
export function findSource(
  copyFrom: string,
  region: string,
  settings: Pick<FakeSettings, "accountId" | "facts" | "models">,
): Pick<ApplicationProfile, "model" | "modelArns"> | undefined {
  if (copyFrom.includes(":application-inference-profile/")) return undefined;
  const found = resolveBedrockModel(encodeURIComponent(copyFrom), settings, { region, hostRegion: region });
  if (found === undefined) return undefined;
  const { model, throughProfile } = found;
  return { model, modelArns: throughProfile ? modelArnsOf(copyFrom, region, model) : [copyFrom] };
}

/**
 * Answers DeleteInferenceProfile; a system-defined profile cannot be deleted.
 *
 * @returns An empty object, or why nothing is deleted.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteInferenceProfile.html | DeleteInferenceProfile}
 */
export function deleteInferenceProfile(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const found = getInferenceProfile(exchange, settings, state);
  if (!("inferenceProfileArn" in found)) return found;
  const { inferenceProfileArn: arn, type } = found as { readonly inferenceProfileArn: string; readonly type: string };
  if (type !== "APPLICATION") {
    const identifier = pathId(exchange, "inferenceProfileIdentifier");
    return fault("body-invalid", `${identifier} is a system-defined inference profile, which cannot be deleted.`);
  }
  state.resources.profiles.remove(arn);
  return {};
}
