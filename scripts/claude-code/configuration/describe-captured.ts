import type { CapturedRequest } from "./capture-server.ts";
import {
  CAPTURE_HOST,
  type RecordedAuthentication,
  type RecordedRefusal,
  type RecordedRequest,
} from "../../../fixtures/index.ts";

const CONTEXT_1M_BETA = "context-1m-2025-08-07";
const SIGNATURE = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/[0-9]{8}\/([^/]+)\/([^/]+)\/aws4_request/;
const TOKEN_SERVICE = /^https:\/\/sts\./;
/** The client asks beforehand whether a model is there, with the shortest answer there is. */
const PROBE = /"max_tokens":\s*1[,}]/;

/**
 * Puts what a client sent into the words of the recordings.
 *
 * @param requests Everything that arrived, in its order.
 * @param captureUrl URL of the capture server, for which the recordings have a name of their own.
 * @param printed What the client printed, where it sent no inference request.
 */
export function describeCaptured(
  requests: readonly CapturedRequest[],
  captureUrl: string,
  printed: string,
): RecordedRequest | RecordedRefusal {
  const controlPlane = requests
    .filter(({ method, origin }) => method === "GET" && !TOKEN_SERVICE.test(origin))
    .map(({ method, target }) => `${method} ${target}`);
  const request = requests.find(
    ({ method, origin, body }) => method === "POST" && !TOKEN_SERVICE.test(origin) && !PROBE.test(body),
  );
  if (request === undefined) return { error: printed, controlPlane };
  const { method, target, headers, body: text } = request;
  const body = parseObject(text);
  const bodyBetas = Array.isArray(body["anthropic_beta"]) ? (body["anthropic_beta"] as readonly unknown[]) : [];
  return {
    method,
    origin: request.origin === captureUrl ? `http://${CAPTURE_HOST}` : request.origin,
    target,
    auth: describeAuthentication(headers),
    workspaceId: headers["anthropic-workspace-id"] ?? null,
    bodyModel: textOrNull(body["model"]),
    anthropicVersionHeader: headers["anthropic-version"] ?? null,
    bodyAnthropicVersion: textOrNull(body["anthropic_version"]),
    betaHeaderHas1m: (headers["anthropic-beta"] ?? "").split(",").includes(CONTEXT_1M_BETA),
    betaBodyHas1m: bodyBetas.includes(CONTEXT_1M_BETA),
    serviceTier: headers["x-amzn-bedrock-service-tier"] ?? null,
    cacheTtl1h: /"ttl":\s*"1h"/.test(text),
    cacheControl: text.includes('"cache_control"'),
    controlPlane,
  };
}

function describeAuthentication(headers: CapturedRequest["headers"]): RecordedAuthentication {
  const authorization = headers["authorization"];
  const xApiKey = headers["x-api-key"];
  const key = xApiKey === undefined ? {} : { xApiKey };
  const signature = SIGNATURE.exec(authorization ?? "");
  if (signature !== null) {
    const [, accessKeyId = "", region = "", service = ""] = signature;
    return {
      type: "sigv4",
      accessKeyId,
      region,
      service,
      sessionToken: headers["x-amz-security-token"] ?? null,
      ...key,
    };
  }
  if (authorization === undefined && xApiKey === undefined) return { type: "none" };
  return {
    type: "headers",
    ...key,
    ...(authorization === undefined ? {} : { bearer: authorization.replace(/^Bearer /, "") }),
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
