import { CREDENTIAL_HOSTS, type CredentialServiceName } from "./credential-services.ts";

/** A service that a request is for, and the region that its host names. */
export interface FoundService {
  readonly service: CredentialServiceName;
  readonly region?: string;
}

/**
 * Reads the name of a host: which credential service it is, and in which region.
 *
 * @param host The host, with or without a port.
 * @returns `undefined` where it is not a host of these services.
 */
export function parseCredentialHost(host: string): FoundService | undefined {
  if (!MAY_BE_ONE.test(host)) return undefined;
  const name = host
    .trim()
    .toLowerCase()
    .replace(/\.?(?::\d+)?$/, "");
  for (const { service, host: pattern, region } of CREDENTIAL_HOSTS) {
    const found = pattern.exec(name);
    if (found === null) continue;
    const named = found[1] ?? region;
    return { service, ...(named === undefined ? {} : { region: named }) };
  }
  return undefined;
}

/** Beginnings of every such host: most requests are for Claude, and go by this. */
const MAY_BE_ONE = /^\s{0,8}(?:sts|vpce-|portal\.sso\.|oidc\.|device\.sso\.|169\.254\.|\[fd00:)/i;
