import { parseServiceHost } from "@claude-on-aws/endpoints";
import { parseCredentialHost } from "./parse-credential-host.ts";

/** Hosts of AWS that a client asks on its way to credentials, and that the fake does not answer yet. */
const OTHER_HOSTS: readonly RegExp[] = [/^oidc\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/];

/**
 * Tells whether the fake stands in for a host: those of Claude Platform on AWS and of Amazon Bedrock, in every region,
 * and those of the services that give credentials.
 *
 * @param host Its name, without a port.
 * @returns `false` for every other host.
 */
export function isImpersonated(host: string): boolean {
  const name = host.toLowerCase();
  if (parseServiceHost(name) !== undefined || parseCredentialHost(name) !== undefined) return true;
  return OTHER_HOSTS.some((pattern) => pattern.test(name));
}
