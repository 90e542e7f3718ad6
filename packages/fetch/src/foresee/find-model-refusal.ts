import {
  type Arn,
  GEOGRAPHIES,
  needsInferenceProfile,
  parseArn,
  parseBedrockResource,
  type BedrockResource,
} from "@claude-on-aws/bedrock";
import { partitionOfRegion } from "@claude-on-aws/endpoints";
import { isServedBare, messagesApiIds, MODELS, nearestModelIds, profileEvidence } from "@claude-on-aws/models";
import type { Addressee } from "./addressee.ts";
import type { Foreseen } from "./foreseen.ts";

const BEDROCK_IDS: readonly string[] = /* @__PURE__ */ MODELS.map(({ bedrockId }) => bedrockId);
const MANTLE_PREFIX = "anthropic.";

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
  return {
    code: "MODEL_UNKNOWN",
    message: `No model is called "${id}" here, as far as is known.`,
    fix: `Ask for ${nearest}.`,
  };
}

function ofBedrockId(id: string, region: string | null): Foreseen | undefined {
  const where = region === null ? "" : ` in ${region}`;
  const geography = GEOGRAPHIES.find((name) => id.startsWith(`${name}.`));
  const bare = geography === undefined ? id : id.slice(geography.length + 1);
  if (!BEDROCK_IDS.includes(bare)) {
    // Older models than those of the catalogue are served by their bare ids.
    if (geography === undefined && bare.startsWith(MANTLE_PREFIX) && !needsInferenceProfile(bare)) return undefined;
    return unknownOnBedrock(id, region, where);
  }
  if (geography === undefined) {
    if (isServedBare(bare, region)) return undefined;
    return {
      code: "MODEL_NEEDS_PROFILE",
      message: `Bedrock serves "${id}"${where} only through an inference profile: "on-demand throughput isn't supported".`,
      fix: adviseProfiles(id, region),
    };
  }
  if (profileEvidence(geography, bare, region) !== "absent") return undefined;
  return {
    code: "PROFILE_NOT_IN_REGION",
    message: `There is no inference profile "${id}"${where}: "The provided model identifier is invalid."`,
    fix: adviseProfiles(id, region),
  };
}

function unknownOnBedrock(id: string, region: string | null, where: string): Foreseen {
  return {
    code: "MODEL_UNKNOWN",
    message: `Bedrock has no Claude model "${id}"${where}, as far as is known: "The provided model identifier is invalid."`,
    fix: adviseProfiles(id, region),
  };
}

/** Names what a region has of the model that was meant, the nearest first. */
function adviseProfiles(id: string, region: string | null): string {
  const ids = nearestModelIds(id, { provider: "bedrock", region });
  if (ids.length > 0) return `Ask for ${ids.slice(0, 2).join(" or ")}.`;
  const elsewhere = nearestModelIds(id, { provider: "bedrock", region: null });
  if (elsewhere.length === 0) return "Use an id that claude-on-aws models prints.";
  return `No region like this one has a profile of that model: claude-on-aws models prints which have.`;
}

function ofArn(text: string, addressee: Addressee): Foreseen | undefined {
  const read = readArn(text);
  if (read === undefined) return invalidArn(text, "it has not the form of an ARN of Amazon Bedrock", addressee.region);
  const { arn, resource } = read;
  const partition = partitionOfRegion(arn.region).name;
  if (arn.service !== "bedrock") return invalidArn(text, `it is one of ${arn.service}`, addressee.region);
  if (arn.partition !== partition) {
    return invalidArn(
      text,
      `its partition is ${arn.partition}, and that of ${arn.region} is ${partition}`,
      addressee.region,
    );
  }
  // Where the host names no region, an application inference profile is looked up in its own.
  const bound = resource.kind === "application-inference-profile" ? addressee.hostRegion : addressee.region;
  if (bound !== null && bound !== arn.region) {
    return invalidArn(text, `it is of ${arn.region}, and requests go to ${bound}`, bound);
  }
  const isModel = resource.kind === "foundation-model";
  if (isModel && arn.accountId !== "") return invalidArn(text, "a foundation model has no account", addressee.region);
  return isModel || resource.kind === "inference-profile" ? ofBedrockId(resource.id, arn.region) : undefined;
}

function invalidArn(text: string, why: string, region: string | null): Foreseen {
  return {
    code: "MODEL_ARN_INVALID",
    message: `Bedrock calls the ARN "${text}" invalid: ${why}.`,
    fix: `Use the ARN of a profile${region === null ? "" : ` in ${region}`}, as aws bedrock list-inference-profiles prints it, or set AWS_REGION to its region.`,
  };
}

function readArn(text: string): { readonly arn: Arn; readonly resource: BedrockResource } | undefined {
  try {
    const arn = parseArn(text);
    return { arn, resource: parseBedrockResource(arn) };
  } catch {
    return undefined;
  }
}
