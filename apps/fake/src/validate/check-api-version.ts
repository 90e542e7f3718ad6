import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { API_VERSIONS } from "../terms/api-versions.ts";
import { fault } from "../terms/faults.ts";

/**
 * Checks whether a request of the Messages API names a version. InvokeModel has its version in the body.
 *
 * @returns `version-missing` where it names none that exists.
 */
export function checkApiVersion({ request, route }: Exchange): Verdict {
  if (route.provider === "bedrock") return "not-applicable";
  const version = headerValue(request.headers, "anthropic-version");
  if (version === undefined) return fault("version-missing", "anthropic-version: header is required");
  if (API_VERSIONS.includes(version.trim())) return undefined;
  return fault("version-missing", `anthropic-version: "${version}" is not a valid version`);
}
