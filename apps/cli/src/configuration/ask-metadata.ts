import { parseExportedCredentials } from "@claude-on-aws/endpoints";
import { readTextFile } from "@claude-on-aws/env/load";
import type { MachineCredentials } from "@claude-on-aws/env";
import { CliError } from "../cli-error.ts";

/** Options for {@link askMetadata}. */
export interface AskMetadataOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @default {globalThis.fetch} */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Time after which a service that does not answer counts as absent.
   *
   * @default {1000}
   */
  readonly timeoutMs?: number | undefined;
}

/** Tokens of containers have some thousands. */
const MAX_TOKEN_CHARACTERS = 65_536;

const CONTAINER_HOST = "http://169.254.170.2";
const INSTANCE_HOST = "http://169.254.169.254";

/**
 * Asks the container's or the instance's own service for credentials, as the last step of the chain does.
 *
 * @param options The variables that say where it is.
 * @returns The credentials with their source; null where no service answers with any.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html | Credential providers}
 */
export async function askMetadata(options: AskMetadataOptions): Promise<MachineCredentials | null> {
  const { env } = options;
  try {
    const relative = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
    const full = relative ? CONTAINER_HOST + relative : env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    if (full) return parse(await get(options, full, await containerHeaders(env)), "container role");
    if (env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") return null;
    return await askInstance(options);
  } catch {
    // Nothing there is the usual case: most machines have no such service.
    return null;
  }
}

async function containerHeaders(env: AskMetadataOptions["env"]): Promise<Record<string, string>> {
  const file = env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  const token = file ? await readToken(file) : env["AWS_CONTAINER_AUTHORIZATION_TOKEN"];
  return token ? { authorization: token } : {};
}

async function readToken(file: string): Promise<string> {
  const text = await readTextFile(file, MAX_TOKEN_CHARACTERS);
  if (text === undefined)
    throw new CliError("FILE_UNREADABLE", `Cannot read the token in ${file}: there is no such file`);
  return text.trim();
}

async function askInstance(options: AskMetadataOptions): Promise<MachineCredentials | null> {
  const host = options.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] || INSTANCE_HOST;
  const token = await get(options, `${host}/latest/api/token`, { "x-aws-ec2-metadata-token-ttl-seconds": "60" }, "PUT");
  const headers = { "x-aws-ec2-metadata-token": token };
  const path = `${host}/latest/meta-data/iam/security-credentials/`;
  const role = (await get(options, path, headers)).trim().split("\n")[0] ?? "";
  return role === "" ? null : parse(await get(options, path + role, headers), `instance role ${role}`);
}

async function get(
  { fetch = globalThis.fetch, timeoutMs = 1000 }: AskMetadataOptions,
  url: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<string> {
  const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
  const text = await response.text();
  if (!response.ok) throw new CliError("METADATA_UNREACHABLE", `Cannot ask ${url}: it answered ${response.status}`);
  return text;
}

function parse(text: string, source: string): MachineCredentials | null {
  // Both services call the session token Token.
  const fields = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const read = parseExportedCredentials(JSON.stringify({ ...fields, SessionToken: fields["Token"] }));
  return read.ok ? { ...read.credentials, source } : null;
}
