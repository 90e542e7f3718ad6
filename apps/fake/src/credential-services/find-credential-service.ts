import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { hostOf } from "../exchange/host-of.ts";
import { CREDENTIAL_HOSTS, CREDENTIAL_PATHS, type CredentialServiceName } from "../terms/credential-services.ts";

/** A service that a request is for, and the region that its host names. */
export interface FoundService {
  readonly service: CredentialServiceName;
  readonly region?: string;
}

/**
 * What the name of a host says: which credential service it is.
 *
 * @param host The host, with or without a port.
 * @returns `undefined` where it is no host of these services.
 */
export function parseCredentialHost(host: string): FoundService | undefined {
  if (!MAY_BE_ONE.test(host)) return undefined;
  const name = host.trim().toLowerCase().replace(/:\d+$/, "");
  for (const { service, host: pattern, region } of CREDENTIAL_HOSTS) {
    const found = pattern.exec(name);
    if (found === null) continue;
    const named = found[1] ?? region;
    return { service, ...(named === undefined ? {} : { region: named }) };
  }
  return undefined;
}

/** Beginnings of every such host: most requests are for Claude, and go by this. */
const MAY_BE_ONE = /^\s{0,8}(?:sts|portal\.sso\.|169\.254\.|\[fd00:)/i;

/** The first letters behind the slash of every such path, and the end of one that is a slash alone. */
const MAY_BE_PATH = /^\/(?:\?|$|federation\/|latest\/|v[12]\/credentials)/;

/** Finds the credential service that a request is for; `undefined` for a request to Claude. */
export function findCredentialService(
  request: Pick<WireRequest, "method" | "target" | "headers">,
): FoundService | undefined {
  const host = hostOf(request);
  const byHost = parseCredentialHost(host);
  if (byHost !== undefined) return byHost;
  const { method, target } = request;
  if (!MAY_BE_PATH.test(target) || host.endsWith(".amazonaws.com") || host.endsWith(".api.aws")) return undefined;
  const row = CREDENTIAL_PATHS.find(({ methods, path }) => methods.includes(method) && path.test(target));
  return row && { service: row.service };
}
