import {
  isApiKey,
  keyFamily,
  KEY_FAMILY_TITLES,
  type KeyFamily,
  type AwsProvider,
  parseBearer,
} from "@claude-on-aws/endpoints";
import { type Endpoint, PROVIDER_TITLES } from "@claude-on-aws/env";
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
    return {
      code: "BOTH_AUTH_HEADERS",
      message: `Requests carry authorization and x-api-key (${source}), and the host that gets them is one of ${PROVIDER_TITLES[provider]}, which refuses requests that carry both.`,
      fix: "Unset one of the two, or take the header out of ANTHROPIC_CUSTOM_HEADERS.",
    };
  }
  if (signing !== null) return ofSignature(signing, source, addressee);
  const key = authorization === undefined ? apiKey : (parseBearer(authorization) ?? authorization);
  if (key !== undefined) return ofKey(key, source, provider);
  if (method !== "none") return undefined;
  return {
    code: "AUTHENTICATION_MISSING",
    message: `Requests carry no authentication (${source}), and go to ${PROVIDER_TITLES[provider]} itself.`,
    fix: `Unset ${source}, or set a base URL of the gateway that signs them.`,
  };
}

function ofKey(key: string, source: string, provider: AwsProvider): Foreseen | undefined {
  const family = keyFamily(key);
  const fix = `Use a key that begins with ${FORMS[provider]}, or unset it to sign with AWS credentials.`;
  if (!TAKEN[provider].includes(family)) {
    return family === "unknown"
      ? {
          code: "KEY_MALFORMED",
          message: `What ${source} holds is no key of ${PROVIDER_TITLES[provider]}: "Invalid API Key format: Must start with pre-defined prefix".`,
          fix,
        }
      : {
          code: "KEY_OF_WRONG_FAMILY",
          message: `The key in ${source} looks like one of ${KEY_FAMILY_TITLES[family]}, which ${PROVIDER_TITLES[provider]} does not accept.`,
          fix,
        };
  }
  if (isApiKey(key)) return undefined;
  return {
    code: "KEY_MALFORMED",
    message: `The key in ${source} holds white space or characters that no key has.`,
    fix: "Copy the key again as one line.",
  };
}

function ofSignature(
  { accessKeyId, sessionToken, region }: NonNullable<PlannedRequest["signing"]>,
  source: string,
  { hostRegion }: Addressee,
): Foreseen | undefined {
  if (hostRegion !== null && hostRegion !== region) {
    return {
      code: "BASE_URL_OF_OTHER_REGION",
      message: `Requests go to a host of ${hostRegion}, and are signed for ${region}.`,
      fix: `Set AWS_REGION=${hostRegion}, or leave the base URL out.`,
    };
  }
  if (accessKeyId === null) return undefined;
  if (LONG_LIVED.test(accessKeyId) && sessionToken !== null) {
    return {
      code: "SESSION_TOKEN_UNEXPECTED",
      message: `The access key from ${source} is a long-lived one (AKIA…), which has no session token, and one is sent: a leftover of other credentials.`,
      fix: "Unset AWS_SESSION_TOKEN, or remove aws_session_token from the profile.",
    };
  }
  if (TEMPORARY.test(accessKeyId) && sessionToken === null) {
    return {
      code: "SESSION_TOKEN_MISSING",
      message: `The access key from ${source} is a temporary one (ASIA…), and its session token is missing.`,
      fix: "Set AWS_SESSION_TOKEN too, or write aws_session_token into the profile.",
    };
  }
  return undefined;
}
