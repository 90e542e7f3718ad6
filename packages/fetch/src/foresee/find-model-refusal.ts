import {
  type Arn,
  GEOGRAPHIES,
  needsInferenceProfile,
  parseArn,
  parseBedrockResource,
  type BedrockResource,
  type Geography,
} from "@claude-on-aws/bedrock";
import { partitionOfRegion } from "@claude-on-aws/endpoints";
import { isServedBare, messagesApiIds, MODELS, nearestModelIds, profileEvidence } from "@claude-on-aws/models/profiles";
import { describeRequestProblem } from "../describe-request-problem.ts";
import type { Addressee } from "./addressee.ts";
import type { Foreseen } from "./foreseen.ts";

const BEDROCK_IDS: readonly string[] = /* @__PURE__ */ MODELS.map(({ bedrockId }) => bedrockId);
const MANTLE_PREFIX = "anthropic.";

const placeOf = (region: string | null): string => region ?? "any region";

/**
 * Foresees the refusal of a model.
 *
 * @param id The id or ARN that is sent.
 * @param addressee Whose service gets it, and where.
 * @returns What the service has against it; `undefined` where nothing is known against it.
 */
export function findModelRefusal(id: string, addressee: Addressee): Foreseen | undefined {
  if (addressee.provider === "bedrock") {
    return id.startsWith("arn:") ? ofArn(id, addressee) : ofBedrockId(id, addressee.region);
  }
  const prefix = addressee.provider === "mantle" ? MANTLE_PREFIX : "";
  const taken = messagesApiIds().map((each) => prefix + each);
  if (taken.includes(id)) return undefined;
  const [nearest = taken[0] ?? ""] = nearestModelIds(id, addressee);
  return describeRequestProblem("modelUnknown", { id, nearest });
}

function ofBedrockId(id: string, region: string | null): Foreseen | undefined {
  const geography = GEOGRAPHIES.find((name) => id.startsWith(`${name}.`));
  const bare = geography === undefined ? id : id.slice(geography.length + 1);
  const problem = findIdProblem(geography, bare, region);
  return problem && describeRequestProblem(problem, { id, place: placeOf(region), nearest: nearestIds(id, region) });
}

type IdProblem = "modelUnknownOnBedrock" | "profileNeeded" | "profileNotInRegion";

function findIdProblem(geography: Geography | undefined, bare: string, region: string | null): IdProblem | undefined {
  if (!BEDROCK_IDS.includes(bare)) {
    // Older models than those of the catalogue are served by their bare ids.
    const isOlder = geography === undefined && bare.startsWith(MANTLE_PREFIX) && !needsInferenceProfile(bare);
    return isOlder ? undefined : "modelUnknownOnBedrock";
  }
  if (geography === undefined) return isServedBare(bare, region) ? undefined : "profileNeeded";
  return profileEvidence(geography, bare, region) === "absent" ? "profileNotInRegion" : undefined;
}

/** Names what a region has of the model that was meant, the nearest first. */
function nearestIds(id: string, region: string | null): string {
  const ids = nearestModelIds(id, { provider: "bedrock", region });
  if (ids.length > 0) return ids.slice(0, 2).join(" or ");
  const elsewhere = nearestModelIds(id, { provider: "bedrock", region: null });
  if (elsewhere.length === 0) return "an id that claude-on-aws models prints";
  return "it in another region: claude-on-aws models prints which have a profile of it";
}

function ofArn(text: string, addressee: Addressee): Foreseen | undefined {
  const read = readArn(text);
  const invalid = (reason: string, place = placeOf(addressee.region)): Foreseen =>
    describeRequestProblem("arnInvalid", { arn: text, reason, place });
  if (read === undefined) return invalid("it has not the form of an ARN of Amazon Bedrock");
  const { arn, resource } = read;
  if (arn.service !== "bedrock") return invalid(`it is one of ${arn.service}`);
  const partition = partitionOfRegion(arn.region).name;
  if (arn.partition !== partition) {
    return invalid(`its partition is ${arn.partition}, and that of ${arn.region} is ${partition}`);
  }
  // Where the host names no region, an application inference profile is looked up in its own.
  const bound = resource.kind === "application-inference-profile" ? addressee.hostRegion : addressee.region;
  if (bound !== null && bound !== arn.region)
    return invalid(`it is of ${arn.region}, and requests go to ${bound}`, bound);
  const isModel = resource.kind === "foundation-model";
  if (isModel && arn.accountId !== "") return invalid("a foundation model has no account");
  return isModel || resource.kind === "inference-profile" ? ofBedrockId(resource.id, arn.region) : undefined;
}

function readArn(text: string): { readonly arn: Arn; readonly resource: BedrockResource } | undefined {
  try {
    const arn = parseArn(text);
    return { arn, resource: parseBedrockResource(arn) };
  } catch {
    return undefined;
  }
}
