import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { parseExportedCredentials } from "@claude-on-aws/endpoints";
import { parseAwsFile } from "@claude-on-aws/env";
import { homedir } from "node:os";
import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { readSmallFile } from "./read-small-file.ts";

/** A file of hundreds of profiles is shorter. */
const MAX_FILE_BYTES = 1_048_576;

/** Where credentials are taken from. */
export interface CredentialsFrom {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Profiles that are taken of a file; all of them where none is named. */
  readonly profiles: readonly string[];
}

type Read = (given: string, place: number, from: CredentialsFrom) => Promise<readonly AwsCredentials[]>;

/** Forms of `--credentials`, the first that fits. */
const FORMS: readonly (readonly [form: RegExp, read: Read])[] = [
  [/^env$/, async (_, place, { env }) => [fromEnvironment(place, env)]],
  [/^file(?::.+)?$/s, (given, _, from) => fromFile(given.slice("file:".length), from)],
  [/^/, async (given, place) => [fromText(given, place)]],
];

/**
 * Reads what `--credentials` was given: `env`, `file`, `file:PATH` or `ID:SECRET[:TOKEN]`.
 *
 * @param given Each value, in order.
 * @param from The environment, and which profiles of files are meant.
 * @returns The credentials.
 * @throws {CliError} `USAGE`, `FILE_UNREADABLE`, `FILE_MALFORMED`; the message holds no secret.
 */
export async function readCredentials(
  given: readonly string[],
  from: CredentialsFrom,
): Promise<readonly AwsCredentials[]> {
  if (from.profiles.length > 0 && !given.some((value) => /^file(?::|$)/.test(value))) {
    throw new CliError("USAGE", "Cannot take --profile alone: expected --credentials file or file:PATH beside it");
  }
  const found: AwsCredentials[] = [];
  for (const [index, value] of given.entries()) {
    const [, read] = FORMS.find(([form]) => form.test(value)) as (typeof FORMS)[number];
    found.push(...(await read(value, index + 1, from)));
  }
  return found;
}

function fromText(text: string, place: number): AwsCredentials {
  // A session token may hold a colon; ID and secret do not.
  const [accessKeyId, secretAccessKey, ...token] = text.split(":");
  if (!accessKeyId || !secretAccessKey) {
    // The text is not repeated: it may be a secret.
    throw new CliError(
      "USAGE",
      `Cannot read --credentials number ${place}: expected ID:SECRET or ID:SECRET:TOKEN, env, file or file:PATH`,
    );
  }
  return { accessKeyId, secretAccessKey, ...(token.length === 0 ? {} : { sessionToken: token.join(":") }) };
}

const ID = "AWS_ACCESS_KEY_ID";
const SECRET = "AWS_SECRET_ACCESS_KEY";

function fromEnvironment(place: number, env: CredentialsFrom["env"]): AwsCredentials {
  const { [ID]: accessKeyId, [SECRET]: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  }
  const missing = [ID, SECRET].filter((name) => !env[name]).join(" and ");
  throw new CliError(
    "USAGE",
    `Cannot take --credentials number ${place} from the environment: found no ${missing}; expected ${ID} and ${SECRET}, and AWS_SESSION_TOKEN where they are temporary`,
  );
}

/** The file that is named, by default that of profiles which AWS's clients read. No shell completes `file:~/…`. */
function pathOf(given: string, env: CredentialsFrom["env"]): string {
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  const path = given || env["AWS_SHARED_CREDENTIALS_FILE"] || "~/.aws/credentials";
  return path.startsWith("~/") ? join(home, path.slice(2)) : path;
}

async function fromFile(given: string, { env, profiles }: CredentialsFrom): Promise<readonly AwsCredentials[]> {
  const path = pathOf(given, env);
  const text = (await readSmallFile(path, "the credentials", MAX_FILE_BYTES)).replace(/^\uFEFF/, "");
  return text.trimStart().startsWith("{") ? [fromJson(text, path)] : fromProfiles(text, path, profiles);
}

function fromJson(text: string, path: string): AwsCredentials {
  const read = parseExportedCredentials(text);
  if (read.ok) return read.credentials;
  throw new CliError(
    "FILE_MALFORMED",
    `Cannot use the credentials in ${path}: ${read.message}; write the file with aws configure export-credentials`,
  );
}

/** What a section is called in the file of credentials, and what in that of the configuration. */
const SECTION = /^(?:profile\s+)?(.+)$/;

function fromProfiles(text: string, path: string, wanted: readonly string[]): readonly AwsCredentials[] {
  const byProfile = new Map<string, AwsCredentials>();
  for (const [section, values] of parseAwsFile(text)) {
    const [accessKeyId, secretAccessKey, sessionToken] = KEYS.map((key) => values.get(key));
    if (!accessKeyId || !secretAccessKey) continue;
    const profile = SECTION.exec(section)?.[1] ?? section;
    byProfile.set(profile, { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  }
  const lacking = wanted.find((profile) => !byProfile.has(profile));
  if (lacking === undefined && byProfile.size > 0) {
    return wanted.length === 0 ? [...byProfile.values()] : wanted.flatMap((profile) => byProfile.get(profile) ?? []);
  }
  const what = lacking === undefined ? "no profile with an access key" : `no profile ${lacking} with an access key`;
  const names = [...byProfile.keys()].slice(0, MAX_NAMED).join(", ");
  throw new CliError(
    "FILE_MALFORMED",
    `Cannot use the credentials in ${path}: found ${what}${names === "" ? "" : `, but ${names}`}; expected ${KEYS[0]} and ${KEYS[1]} below [default] or another profile, or the JSON that aws configure export-credentials prints`,
  );
}

const KEYS = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"] as const;
/** So many profiles are named in a message. */
const MAX_NAMED = 10;
