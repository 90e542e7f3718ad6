import { isObject } from "@claude-on-aws/endpoints";
import type { SettingsFile, SettingsSource } from "./settings.ts";

/**
 * The variables that the client takes from the settings of a project at its start, as far as they decide where it goes and
 * as whom. All others, such as access keys and base URLs, it takes once it knows that the folder is trusted.
 *
 * @see Observed in Claude Code 2.1.332.
 */
const TAKEN_AT_START: ReadonlySet<string> = new Set([
  "AWS_DEFAULT_REGION",
  "AWS_PROFILE",
  "AWS_REGION",
  "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
  "CLAUDE_CODE_SKIP_FOUNDRY_AUTH",
  "CLAUDE_CODE_SKIP_MANTLE_AUTH",
  "CLAUDE_CODE_SKIP_VERTEX_AUTH",
  "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  "CLAUDE_CODE_USE_BEDROCK",
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_GATEWAY",
  "CLAUDE_CODE_USE_MANTLE",
  "CLAUDE_CODE_USE_VERTEX",
]);

const OF_PROJECT: ReadonlySet<SettingsSource> = new Set(["project", "project-local"]);

/**
 * Leaves of the settings what the client goes by at its start.
 *
 * @param files The settings files.
 * @returns The same files without what is taken later; null where all is taken at the start.
 */
export function settingsAtStart(files: readonly SettingsFile[]): readonly SettingsFile[] | null {
  if (files.every((file) => laterNames(file).length === 0)) return null;
  return files.map((file) => {
    const later = new Set(laterNames(file));
    if (later.size === 0) return file;
    const value = file.value as Readonly<Record<string, unknown>>;
    const env = Object.fromEntries(Object.entries(value["env"] as object).filter(([name]) => !later.has(name)));
    return { ...file, value: { ...value, env } };
  });
}

function laterNames({ source, value }: SettingsFile): readonly string[] {
  const env = OF_PROJECT.has(source) && isObject(value) ? value["env"] : undefined;
  return isObject(env) ? Object.keys(env).filter((name) => !TAKEN_AT_START.has(name)) : [];
}
