import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { BEDROCK_ROUTES, CLAUDE_SERVICES, keyFamily, parseBearer } from "@claude-on-aws/endpoints";
import type { Provider } from "../terms/provider.ts";

const SLASH = 0x2f;

/** Where the Messages API is served under a prefix: by the Messages endpoint of Bedrock, and by its runtime. */
const MANTLE_SEGMENT = "anthropic";

/** The first segments of the paths that Amazon Bedrock alone serves. */
const BEDROCK_SEGMENTS: ReadonlySet<string> = new Set(
  BEDROCK_ROUTES.map(({ path }) => firstSegment(path)).filter((segment) => segment !== MANTLE_SEGMENT),
);

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
  if (BEDROCK_SEGMENTS.has(first)) return "bedrock";
  if (first === MANTLE_SEGMENT) return path === MESSAGES_OF_RUNTIME && isForRuntime(request) ? "bedrock" : "mantle";
  if (headerValue(request.headers, "anthropic-workspace-id") !== undefined) return "anthropic-aws";
  const authorization = headerValue(request.headers, "authorization") ?? "";
  const scoped = PROVIDER_OF_SCOPE.find(([scope]) => authorization.includes(scope))?.[1];
  if (scoped !== undefined) return scoped;
  const key = headerValue(request.headers, "x-api-key") ?? parseBearer(authorization) ?? authorization;
  return keyFamily(key) === "bedrock" ? "mantle" : "anthropic-aws";
}

/** The Messages API of Bedrock's runtime, which has the path of the Messages endpoint. */
const MESSAGES_OF_RUNTIME = "/anthropic/v1/messages";

/** Both take a scope of Bedrock; only clients of the runtime send one by themselves. */
const isForRuntime = ({ headers }: WireRequest): boolean =>
  headerValue(headers, "authorization")?.includes("/bedrock/aws4_request") === true;

/** The first segment of a path that is not empty. */
function firstSegment(path: string): string {
  let start = 0;
  while (path.charCodeAt(start) === SLASH) start++;
  const end = path.indexOf("/", start);
  return end < 0 ? path.slice(start) : path.slice(start, end);
}
