import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { isAwsHost } from "@claude-on-aws/endpoints";
import { hostOf } from "../exchange/host-of.ts";
import { CREDENTIAL_PATHS } from "../terms/credential-services.ts";
import { type FoundService, parseCredentialHost } from "../terms/parse-credential-host.ts";

/** The first letters after the slash of every such path, and the end of a path that is a slash alone. */
const MAY_BE_PATH =
  /^\/(?:\?|$|assignment\/|authorize|client\/register|device|federation\/|latest\/|logout|token|v[12]\/credentials)/;

/**
 * Finds the credential service that a request is for.
 *
 * @returns `undefined` for a request to Claude.
 */
export function findCredentialService(
  request: Pick<WireRequest, "method" | "target" | "headers">,
): FoundService | undefined {
  const host = hostOf(request);
  const byHost = parseCredentialHost(host);
  if (byHost !== undefined) return byHost;
  const { method, target } = request;
  if (!MAY_BE_PATH.test(target) || isAwsHost(host)) return undefined;
  const row = CREDENTIAL_PATHS.find(({ methods, path }) => methods.includes(method) && path.test(target));
  return row && { service: row.service };
}
