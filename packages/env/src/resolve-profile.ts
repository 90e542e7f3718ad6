import { parseAwsSections } from "./parse-aws-file.ts";
import type { Sourced } from "./settings.ts";

/** The texts of the AWS files; null or absent where a file does not exist. */
export interface AwsFiles {
  /** `~/.aws/config`, or what AWS_CONFIG_FILE names. */
  readonly config?: string | null | undefined;
  /** `~/.aws/credentials`, or what AWS_SHARED_CREDENTIALS_FILE names. */
  readonly credentials?: string | null | undefined;
  /**
   * The SSO sessions (`sso_session`, or `sso_start_url` where a profile names none) that somebody has signed in to;
   * absent where nobody looked, and then every one counts as signed in.
   */
  readonly signedInSessions?: readonly string[] | undefined;
}

/** One profile of the AWS files, with the file that each value stands in. */
export type Profile = ReadonlyMap<string, Sourced<string>>;

const QUOTES = /^(["'])(.*)\1$/;

/** Says whether a section of the config file is a profile's: `[profile NAME]`, or `[default]` alone. */
function isProfile(section: string, name: string): boolean {
  if (section === name) return name === "default";
  if (!section.startsWith("profile ") && !section.startsWith("profile\t")) return false;
  return section.slice("profile".length).trim().replace(QUOTES, "$2") === name;
}

/**
 * Finds a profile in the AWS files; a value in the credentials file wins over the same in the config file.
 *
 * @param files The texts of the files.
 * @param name The profile's name.
 * @returns Its values, or `undefined` where neither file has it.
 */
export function resolveProfile(files: AwsFiles, name: string): Profile | undefined {
  const [config] = parseAwsSections(files.config ?? "", (section) => isProfile(section, name)).values();
  const [credentials] = parseAwsSections(files.credentials ?? "", (section) => section === name).values();
  if (config === undefined && credentials === undefined) return undefined;
  const profile = new Map<string, Sourced<string>>();
  for (const [key, value] of config ?? []) profile.set(key, { value, source: `~/.aws/config [${name}] ${key}` });
  for (const [key, value] of credentials ?? []) {
    profile.set(key, { value, source: `~/.aws/credentials [${name}] ${key}` });
  }
  return profile;
}
