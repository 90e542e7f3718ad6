import { parseServiceHost } from "@claude-on-aws/endpoints";
import { UNANSWERED_CREDENTIAL_HOSTS } from "./credential-services.ts";
import { parseCredentialHost } from "./parse-credential-host.ts";

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
  return UNANSWERED_CREDENTIAL_HOSTS.some((pattern) => pattern.test(name));
}
