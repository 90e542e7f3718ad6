import type { AwsCredentials } from "./aws-credentials.ts";
import { isObject } from "./is-object.ts";

/** Options for {@link parseExportedCredentials}. */
export interface ParseExportedCredentialsOptions {
  /**
   * Whether credentials without a session token are refused, as Claude Code does with `awsCredentialExport`.
   *
   * @default {false}
   */
  readonly requireSessionToken?: boolean | undefined;
}

/** Why {@link parseExportedCredentials} finds no credentials. */
export type ExportedCredentialsFault = "NOT_JSON" | "NOT_AN_OBJECT" | "FIELD_MISSING" | "EXPIRATION_MALFORMED";

/** What {@link parseExportedCredentials} finds. */
export type ExportedCredentials =
  | { readonly ok: true; readonly credentials: AwsCredentials }
  | {
      readonly ok: false;
      readonly fault: ExportedCredentialsFault;
      /** What was expected and what was found, such as `expected JSON, found something else`; it repeats nothing of the text. */
      readonly message: string;
    };

/**
 * Reads credentials as commands print them: the answer of AWS STS with its `Credentials`, or the flat form of
 * `aws configure export-credentials` and of a `credential_process`.
 *
 * @example Usage
 * ```ts
 * import { parseExportedCredentials } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * const read = parseExportedCredentials('{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"secret"}');
 *
 * equal(read.ok && read.credentials.accessKeyId, "AKIDEXAMPLE");
 * ```
 *
 * @param text Everything that the command printed.
 * @param options Whether a session token is needed.
 * @returns The credentials, or why there are none; a fault repeats nothing of the text, which may be a secret.
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html | Process credential provider}
 */
export function parseExportedCredentials(
  text: string,
  { requireSessionToken = false }: ParseExportedCredentialsOptions = {},
): ExportedCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fault("NOT_JSON", "JSON", "something else");
  }
  if (!isObject(value)) return fault("NOT_AN_OBJECT", "a JSON object", "another value");
  const fields = isObject(value["Credentials"]) ? value["Credentials"] : value;
  const [accessKeyId, secretAccessKey, sessionToken] = FIELDS.map((name) => textOf(fields[name]));
  if (accessKeyId === undefined) return missing("AccessKeyId");
  if (secretAccessKey === undefined) return missing("SecretAccessKey");
  if (sessionToken === undefined && requireSessionToken) return missing("SessionToken");
  const expiration = expirationOf(fields["Expiration"]);
  if (Number.isNaN(expiration?.getTime())) {
    return fault("EXPIRATION_MALFORMED", "Expiration as an ISO time", "something else");
  }
  return {
    ok: true,
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { expiration }),
    },
  };
}

const FIELDS = ["AccessKeyId", "SecretAccessKey", "SessionToken"] as const;

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function expirationOf(value: unknown): Date | undefined {
  return value === undefined || value === null ? undefined : new Date(typeof value === "string" ? value : Number.NaN);
}

const fault = (name: ExportedCredentialsFault, expected: string, found: string): ExportedCredentials => ({
  ok: false,
  fault: name,
  message: `expected ${expected}, found ${found}`,
});

const missing = (name: (typeof FIELDS)[number]): ExportedCredentials =>
  fault("FIELD_MISSING", "AccessKeyId, SecretAccessKey and, of temporary credentials, SessionToken", `no ${name}`);
