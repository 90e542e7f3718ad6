import { AuthError } from "../errors.ts";
import type { AwsCredentials } from "../sigv4/credentials.ts";

/**
 * Reads what a command of `awsCredentialExport` prints: the answer of STS with
 * its `Credentials`, or the flat form of `aws configure export-credentials`.
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
 * @throws {AuthError} `COMMAND_OUTPUT`; the message holds nothing of the output.
 */
export function parseCredentialExport(text: string): AwsCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The cause would quote the output.
    throw wrongOutput(`JSON, found ${(cause as Error).name === "SyntaxError" ? "something else" : "an error"}`);
  }
  if (!isObject(value)) throw wrongOutput("a JSON object, found another value");
  const fields = isObject(value["Credentials"]) ? value["Credentials"] : value;
  const [accessKeyId, secretAccessKey, sessionToken] = FIELDS.map((name) => {
    const field = fields[name];
    if (typeof field === "string" && field !== "") return field;
    throw wrongOutput(`${FIELDS.join(", ")}, found no ${name}`);
  }) as [string, string, string];
  const end = fields["Expiration"];
  if (end === undefined || end === null) return { accessKeyId, secretAccessKey, sessionToken };
  const expiration = new Date(typeof end === "string" ? end : Number.NaN);
  if (Number.isNaN(expiration.getTime())) throw wrongOutput("Expiration as an ISO time, found something else");
  return { accessKeyId, secretAccessKey, sessionToken, expiration };
}

const FIELDS = ["AccessKeyId", "SecretAccessKey", "SessionToken"] as const;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const wrongOutput = (expected: string): AuthError =>
  new AuthError("COMMAND_OUTPUT", `Cannot read what awsCredentialExport printed: expected ${expected}`);
