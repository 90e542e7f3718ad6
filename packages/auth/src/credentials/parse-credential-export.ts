import { type AwsCredentials, parseExportedCredentials } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";

/**
 * Reads what a command of `awsCredentialExport` prints: the answer of STS with
 * its `Credentials`, or the flat form of `aws configure export-credentials`.
 * Only temporary credentials are taken, as Claude Code takes no others.
 *
 * @example Usage
 * ```ts
 * import { parseCredentialExport } from "@claude-on-aws/auth/credentials";
 * import { equal } from "node:assert/strict";
 *
 * const text = '{"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"secret","SessionToken":"token"}';
 * equal(parseCredentialExport(text).accessKeyId, "ASIAEXAMPLE");
 * ```
 *
 * @param text Everything that the command printed.
 * @returns The credentials.
 * @throws {AuthError} `COMMAND_OUTPUT`; the message holds nothing of the output.
 */
export function parseCredentialExport(text: string): AwsCredentials {
  const read = parseExportedCredentials(text, { requireSessionToken: true });
  if (read.ok) return read.credentials;
  throw new AuthError("COMMAND_OUTPUT", `Cannot read what awsCredentialExport printed: ${read.message}`);
}
