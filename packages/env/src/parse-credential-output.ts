import type { Credentials } from "./credentials.ts";

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/**
 * Reads what a credential command printed: `{"Credentials": {…}}` as AWS STS answers, or the flat form of
 * `aws configure export-credentials` and of a `credential_process`.
 *
 * @example Usage
 * ```ts
 * import { parseCredentialOutput } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * const output = '{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"secret","SessionToken":"token"}';
 *
 * equal(parseCredentialOutput(output)?.accessKeyId, "AKIDEXAMPLE");
 * equal(parseCredentialOutput("not JSON"), undefined);
 * ```
 *
 * @param text Standard output of the command.
 * @returns The credentials, or `undefined` where the text holds no access key or no secret.
 */
export function parseCredentialOutput(text: string): Credentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const outer = record(value);
  const fields = record(outer?.["Credentials"]) ?? outer;
  const accessKeyId = fields?.["AccessKeyId"];
  const secretAccessKey = fields?.["SecretAccessKey"];
  const sessionToken = fields?.["SessionToken"];
  if (typeof accessKeyId !== "string" || typeof secretAccessKey !== "string" || !accessKeyId || !secretAccessKey) {
    return undefined;
  }
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: typeof sessionToken === "string" && sessionToken !== "" ? sessionToken : undefined,
  };
}
