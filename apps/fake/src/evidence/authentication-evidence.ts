import { headerValue, parseAuthorization, type SigV4Authorization, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { isApiKey, keyFamily, parseBearer } from "@claude-on-aws/endpoints";
import { redactText } from "../redact/redact.ts";
import type { Secrets } from "../redact/secrets.ts";
import { authenticationKind } from "../terms/authentication-kind.ts";
import type { AccessKeyKind, AuthenticationEvidence, KeyEvidence, SignatureEvidence } from "./evidence.ts";

type Headers = WireRequest["headers"];

/**
 * Reads how a request says who sent it.
 *
 * @returns What the rules ask of it, without keys and tokens.
 */
export function authenticationEvidence(
  { headers, target }: Pick<WireRequest, "headers" | "target">,
  secrets: Secrets,
): AuthenticationEvidence {
  const authorization = headerValue(headers, "authorization");
  const scheme = authorization === undefined ? undefined : readScheme(authorization);
  const signature = readSignature(authorization, secrets);
  const key = readKey(authorization, headerValue(headers, "x-api-key"));
  return {
    kind: authenticationKind({ headers, target }),
    ...(scheme === undefined ? {} : { scheme: redactText(scheme, secrets) }),
    beginsAsSignature: authorization?.startsWith("AWS4-") === true,
    ...(signature === undefined ? {} : { signature }),
    hasSessionToken: headerValue(headers, "x-amz-security-token") !== undefined,
    ...(key === undefined ? {} : { key }),
  };
}

/** A scheme that stands alone is shown only where it is one that we know: it may as well be a key. */
function readScheme(value: string): string | undefined {
  const [scheme = ""] = value.split(" ", 1);
  if (scheme === "AWS4-HMAC-SHA256" || scheme.toLowerCase() === "bearer") return scheme;
  return /^[A-Za-z0-9-]{1,32}$/.test(scheme) && value.includes(" ") ? scheme : undefined;
}

function readSignature(authorization: string | undefined, secrets: Secrets): SignatureEvidence | undefined {
  const parsed = parse(authorization);
  if (parsed === undefined) return undefined;
  const { accessKeyId, scope, signedHeaders } = parsed;
  return {
    accessKey: accessKeyKind(accessKeyId),
    region: redactText(scope.region, secrets),
    service: redactText(scope.service, secrets),
    signedHeaders: signedHeaders.map((name) => redactText(name, secrets).toLowerCase()),
  };
}

function parse(authorization: string | undefined): SigV4Authorization | undefined {
  if (authorization?.startsWith("AWS4-") !== true) return undefined;
  try {
    return parseAuthorization(authorization);
  } catch {
    return undefined;
  }
}

/** The beginnings of access key IDs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY_PREFIXES: readonly (readonly [prefix: string, kind: AccessKeyKind])[] = [
  ["AKIA", "long-term"],
  ["ASIA", "temporary"],
];

const accessKeyKind = (accessKeyId: string): AccessKeyKind =>
  ACCESS_KEY_PREFIXES.find(([prefix]) => accessKeyId.startsWith(prefix))?.[1] ?? "other";

/** The API key: a bearer key, or else what stands in `x-api-key`. */
function readKey(authorization: string | undefined, apiKey: string | undefined): KeyEvidence | undefined {
  const bearer = parseBearer(authorization ?? "");
  if (bearer !== undefined) return keyEvidence("authorization", bearer);
  const isAlone = authorization === undefined || authorization === "";
  return apiKey === undefined || !isAlone ? undefined : keyEvidence("x-api-key", apiKey);
}

const keyEvidence = (header: KeyEvidence["header"], value: string): KeyEvidence => ({
  header,
  family: keyFamily(value.trim()),
  form: isApiKey(value) ? "key" : value === "" ? "empty" : "malformed",
});

/**
 * Reads who a request claims to come from, whether or not it proved it.
 *
 * @returns The access key ID with its session token, or else the key; texts to compare, and to show nobody.
 */
export function claimedCaller(headers: Headers): readonly string[] {
  const authorization = headerValue(headers, "authorization") ?? "";
  const accessKeyId = /^AWS4-\S+ .*?Credential=([^/,]*)/.exec(authorization)?.[1];
  return accessKeyId === undefined
    ? ["key", authorization, headerValue(headers, "x-api-key") ?? ""]
    : ["signature", accessKeyId, headerValue(headers, "x-amz-security-token") ?? ""];
}
