import { parseServiceHost } from "@claude-on-aws/endpoints";
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
  return parseServiceHost(name) !== undefined || parseCredentialHost(name) !== undefined;
}
