import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { CLAUDE_SERVICES, keyFamily, parseBearer } from "@claude-on-aws/endpoints";
import type { Provider } from "../terms/provider.ts";

/** The first segment of a path that only one provider serves. */
const PROVIDER_OF_FIRST_SEGMENT: Readonly<Record<string, Provider>> = {
  anthropic: "mantle",
  model: "bedrock",
  "inference-profiles": "bedrock",
  "foundation-models": "bedrock",
  "foundation-model-availability": "bedrock",
  "use-case-for-model-access": "bedrock",
  "provisioned-model-throughputs": "bedrock",
  guardrail: "bedrock",
  guardrails: "bedrock",
  "async-invoke": "bedrock",
  "custom-models": "bedrock",
  "imported-models": "bedrock",
  "prompt-routers": "bedrock",
};

/** Services in a credential scope, and whose they are. */
const PROVIDER_OF_SCOPE: readonly (readonly [scope: string, provider: Provider])[] = Object.entries(
  CLAUDE_SERVICES,
).map(([provider, { signingService }]) => [`/${signingService}/aws4_request`, provider as Provider]);

/**
 * Guesses the provider of a request whose host names none, as on loopback.
 *
 * Most paths belong to one provider; `/v1/messages` belongs to two. There a workspace ID means Claude Platform on AWS;
 * then the scope and the family of the key decide; what is left goes to Claude Platform on AWS, which refuses a missing
 * workspace.
 *
 * @returns One provider, whatever was sent.
 */
export function resolveProvider(request: WireRequest, path: string): Provider {
  const first = firstSegment(path);
  const known = Object.hasOwn(PROVIDER_OF_FIRST_SEGMENT, first) ? PROVIDER_OF_FIRST_SEGMENT[first] : undefined;
  if (known !== undefined) return known;
  if (headerValue(request.headers, "anthropic-workspace-id") !== undefined) return "anthropic-aws";
  const authorization = headerValue(request.headers, "authorization") ?? "";
  const scoped = PROVIDER_OF_SCOPE.find(([scope]) => authorization.includes(scope))?.[1];
  if (scoped !== undefined) return scoped;
  const key = headerValue(request.headers, "x-api-key") ?? parseBearer(authorization) ?? authorization;
  return keyFamily(key) === "bedrock" ? "mantle" : "anthropic-aws";
}

/** The first segment of a path that is not empty. */
function firstSegment(path: string): string {
  let start = 0;
  while (path.charCodeAt(start) === SLASH) start++;
  const end = path.indexOf("/", start);
  return end < 0 ? path.slice(start) : path.slice(start, end);
}

const SLASH = 0x2f;
