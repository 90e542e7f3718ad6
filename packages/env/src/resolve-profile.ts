import { type AwsFile, parseAwsSections } from "./parse-aws-file.ts";
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

/** One profile of the AWS files, with the file that each value comes from. */
export type Profile = ReadonlyMap<string, Sourced<string>>;

/** `[profile NAME]`, also in quotes. A name of other characters, or after two spaces, makes no such section. */
const TYPED_SECTION = /^([\w-]+)\s(["']?)([\w\-@+.%:/]+)\2$/;
const SECTION_TYPES: ReadonlySet<string> = new Set(["profile", "sso-session", "services"]);

/** What AWS's loader calls a section: `profile.NAME`, or as it is written; nothing where it has a type that is none. */
function keyOfSection(section: string): string | undefined {
  const typed = TYPED_SECTION.exec(section);
  if (typed === null) return section;
  const [, type = "", , name = ""] = typed;
  return SECTION_TYPES.has(type) ? `${type}.${name}` : undefined;
}

/** The keys of the sections of the config file that are a profile: `[sso-session a]` passes for one called sso-session.a. */
function keysOfProfile(name: string): readonly string[] {
  const [type = ""] = name.split(".", 1);
  const isTyped = type !== name && type !== "profile" && SECTION_TYPES.has(type);
  return name === "default" || isTyped ? [`profile.${name}`, name] : [`profile.${name}`];
}

function parseSections(text: string, keys: readonly string[]): AwsFile {
  return parseAwsSections(text, (section) => {
    const key = keyOfSection(section);
    return key !== undefined && keys.includes(key) ? key : undefined;
  });
}

/**
 * Finds a profile in the AWS files as the AWS SDK for JavaScript does; a value in the credentials file wins over the same
 * in the config file. There, `[profile default]` replaces `[default]`.
 *
 * @param files The texts of the files.
 * @param name The profile's name.
 * @returns Its values, or `undefined` where neither file has one.
 *
 * @see The loader of `@smithy/shared-ini-file-loader` 4.4.0, which is that of `@smithy/core` 3.41.0.
 */
export function resolveProfile(files: AwsFiles, name: string): Profile | undefined {
  const inConfig = parseSections(files.config ?? "", keysOfProfile(name));
  const config = inConfig.get("profile.default") ?? [...inConfig.values()].at(-1);
  const credentials = parseSections(files.credentials ?? "", [name]).get(name);
  if (config === undefined && credentials === undefined) return undefined;
  const profile = new Map<string, Sourced<string>>();
  for (const [key, value] of config ?? []) profile.set(key, { value, source: `~/.aws/config [${name}] ${key}` });
  for (const [key, value] of credentials ?? []) {
    profile.set(key, { value, source: `~/.aws/credentials [${name}] ${key}` });
  }
  return profile;
}
