import { denialMessage, evaluatePolicy, type PolicyDecision, type PolicyRequest } from "@claude-on-aws/auth/iam";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { DEFAULT_REGION, regionOf } from "../route/region-of.ts";
import { parseObjectText } from "../validate/check-json.ts";
import { keyTermOf } from "./key-term.ts";
import { denialDetails } from "./denial-details.ts";
import { principalOfAccessKey } from "./principal-of-access-key.ts";
import type { Principal } from "./principals.ts";
import { type RequestFacts, requiredPermissions } from "./required-permissions.ts";

/** Whether the policies of the caller allow the request. Without principals, everything is allowed, but to a session that has policies of its own. */
export function checkPermission(exchange: Exchange, settings: FakeSettings): Verdict {
  if (exchange.caller === undefined || exchange.route.operation === undefined) return "not-applicable";
  const key = exchange.caller.kind === "sigv4" ? undefined : presentedKey(exchange);
  const principal = principalOf(exchange, settings, key);
  if (principal === undefined) return "not-applicable";
  exchange.caller = { ...exchange.caller, principal: principal.arn };
  const permissions = requiredPermissions(factsOf(exchange, settings, key), settings);
  for (const { action, resource, context } of permissions) {
    const asked: PolicyRequest = {
      action,
      resource,
      principal: principal.arn,
      context: { "aws:PrincipalArn": principal.conditionArn, ...context },
    };
    const decision = evaluatePolicy(principal.policies, asked);
    if (decision.decision === "allowed") continue;
    return fault("access-denied", wordsOf(asked, decision), { details: denialDetails(asked, decision) });
  }
  return undefined;
}

function presentedKey({ request: { headers } }: Exchange): string {
  const authorization = headerValue(headers, "authorization");
  return authorization?.replace(/^bearer +/i, "") ?? headerValue(headers, "x-api-key") ?? "";
}

/** By its API key, where that is somebody's own; otherwise by the access key that signed, or of which the key was made. */
function principalOf({ caller }: Exchange, settings: FakeSettings, key: string | undefined): Principal | undefined {
  const { principals } = settings;
  const listed = key === undefined ? undefined : principals?.ofApiKey(key);
  if (listed !== undefined) return listed;
  const accessKeyId = caller?.accessKeyId;
  return accessKeyId === undefined ? principals?.stranger() : principalOfAccessKey(accessKeyId, settings);
}

function factsOf(exchange: Exchange, settings: FakeSettings, key: string | undefined): RequestFacts {
  const { route, request, receivedAt, caller } = exchange;
  if (route.operation === undefined) throw new TypeError("Cannot say what a route takes that does not exist");
  return {
    operation: route.operation,
    parameters: route.parameters,
    query: route.query,
    headers: request.headers,
    receivedAt,
    region: regionOf(exchange, settings) ?? DEFAULT_REGION,
    hostRegion: settings.region ?? route.hostRegion,
    keyTerm: key === undefined ? undefined : caller?.accessKeyId === undefined ? keyTermOf(key) : "short",
    body: () => parseObjectText(new TextDecoder().decode(request.body)),
  };
}

/** Amazon Bedrock names no resource where an action has none. */
const WITHOUT_RESOURCE = /^bedrock:(?!CallWithBearerToken$)/;

function wordsOf(asked: PolicyRequest, decision: PolicyDecision): string {
  const message = denialMessage(asked, decision);
  return decision.resource === "*" && WITHOUT_RESOURCE.test(asked.action)
    ? message.replace(" on resource: *", "")
    : message;
}
