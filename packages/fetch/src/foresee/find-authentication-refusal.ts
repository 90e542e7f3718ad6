import {
  isApiKey,
  keyFamily,
  KEY_FAMILY_TITLES,
  type KeyFamily,
  type AwsProvider,
  parseBearer,
} from "@claude-on-aws/endpoints";
import { type Endpoint, PROVIDER_TITLES } from "@claude-on-aws/env";
import { describeRequestProblem } from "../describe-request-problem.ts";
import type { PlannedRequest } from "../request-plan.ts";
import type { Addressee } from "./addressee.ts";
import type { Foreseen } from "./foreseen.ts";

/** Families of keys that a service takes. A text of no family may be a key of another kind; Bedrock wants a prefix. */
const TAKEN: Readonly<Record<AwsProvider, readonly KeyFamily[]>> = {
  "anthropic-aws": ["anthropic-aws", "unknown"],
  bedrock: ["bedrock"],
  mantle: ["bedrock", "unknown"],
};

const FORMS: Readonly<Record<AwsProvider, string>> = {
  "anthropic-aws": "AEAA or aws-external-anthropic-api-key-",
  bedrock: "ABSK or bedrock-api-key-",
  mantle: "ABSK or bedrock-api-key-",
};

const LONG_LIVED = /^AKIA/;
const TEMPORARY = /^ASIA/;

/**
 * Foresees the refusal of a request for the credentials that it carries.
 *
 * @param request The request.
 * @param endpoint Where the credentials come from.
 * @param addressee Whose service gets it, and where.
 * @returns What the service has against it; `undefined` where nothing is known against it.
 */
export function findAuthenticationRefusal(
  request: PlannedRequest,
  { authentication }: Endpoint,
  addressee: Addressee,
): Foreseen | undefined {
  const { provider } = addressee;
  const { headers, signing } = request;
  const { method, source } = authentication;
  const authorization = headers["authorization"];
  // Bedrock does not know `x-api-key`: there it is a header like any other.
  const apiKey = provider === "bedrock" ? undefined : headers["x-api-key"];
  if (apiKey !== undefined && (authorization !== undefined || signing !== null)) {
    return describeRequestProblem("bothAuthentications", { source, service: PROVIDER_TITLES[provider] });
  }
  if (signing !== null) return ofSignature(signing, source, addressee);
  const key = authorization === undefined ? apiKey : (parseBearer(authorization) ?? authorization);
  if (key !== undefined) return ofKey(key, source, provider);
  if (method !== "none") return undefined;
  return describeRequestProblem("authenticationMissing", { source, service: PROVIDER_TITLES[provider] });
}

function ofKey(key: string, source: string, provider: AwsProvider): Foreseen | undefined {
  const family = keyFamily(key);
  const values = { source, service: PROVIDER_TITLES[provider], beginnings: FORMS[provider] };
  if (!TAKEN[provider].includes(family)) {
    return family === "unknown"
      ? describeRequestProblem("keyOfNoFamily", values)
      : describeRequestProblem("keyOfOtherFamily", { ...values, family: KEY_FAMILY_TITLES[family] });
  }
  return isApiKey(key) ? undefined : describeRequestProblem("keyMalformed", values);
}

function ofSignature(
  { accessKeyId, sessionToken, region }: NonNullable<PlannedRequest["signing"]>,
  source: string,
  { hostRegion }: Addressee,
): Foreseen | undefined {
  if (hostRegion !== null && hostRegion !== region) {
    return describeRequestProblem("hostOfOtherRegion", { hostRegion, region });
  }
  if (accessKeyId === null) return undefined;
  if (LONG_LIVED.test(accessKeyId) && sessionToken !== null) {
    return describeRequestProblem("sessionTokenUnexpected", { source });
  }
  if (TEMPORARY.test(accessKeyId) && sessionToken === null) {
    return describeRequestProblem("sessionTokenMissing", { source });
  }
  return undefined;
}
