import { isObject } from "@claude-on-aws/endpoints";
import { findSettingsFault } from "./check-settings.ts";
import type { MergedSettings, SettingsFile, SettingsSource, Sourced } from "./settings.ts";

// Another time to live counts as not set.
const CACHE_TTLS: ReadonlySet<string> = new Set(["5m", "1h"]);
const PRECEDENCE: readonly SettingsSource[] = ["managed", "project-local", "project", "user"];

function formatScalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : undefined;
}

/**
 * Merges settings files as Claude Code does: managed settings win, then the project's local ones, the project's, the
 * user's. Maps are merged name by name; everything else is taken from the first file that has it. A file in which a setting
 * is of the wrong kind is left out as a whole.
 *
 * @example Usage
 * ```ts
 * import { mergeSettings } from "@claude-on-aws/env";
 * import { deepEqual } from "node:assert/strict";
 *
 * const settings = mergeSettings([
 *   { source: "user", value: { model: "opus" } },
 *   { source: "project", value: { model: "sonnet" } },
 * ]);
 *
 * deepEqual(settings.model, { value: "sonnet", source: "model in project settings" });
 * ```
 *
 * @param files The files, in any order; of two from one source the earlier wins.
 * @returns The settings, each with the file it comes from.
 *
 * @see {@link https://code.claude.com/docs/en/settings-reference | Settings reference}
 */
export function mergeSettings(files: readonly SettingsFile[]): MergedSettings {
  const ordered =
    files.length < 2
      ? files
      : files.toSorted((left, right) => PRECEDENCE.indexOf(left.source) - PRECEDENCE.indexOf(right.source));
  const env = new Map<string, Sourced<string>>();
  const modelOverrides = new Map<string, Sourced<string>>();
  const texts = new Map<string, Sourced<string>>();
  for (const { source, value } of ordered) {
    if (!isObject(value) || findSettingsFault(value) !== null) continue;
    const file = `${source} settings`;
    collect(value["env"], file, "", env);
    collect(value["modelOverrides"], file, "modelOverrides ", modelOverrides);
    for (const name of ["model", "apiKeyHelper", "awsAuthRefresh", "awsCredentialExport", "promptCacheTtl"]) {
      const setting = value[name];
      // One that is left empty hides that of the next file, as if it were set nowhere.
      const given = typeof setting === "string" && (name !== "promptCacheTtl" || CACHE_TTLS.has(setting));
      if (given && !texts.has(name)) {
        texts.set(name, { value: setting.trim(), source: `${name} in ${file}` });
      }
    }
  }
  const text = (name: string): Sourced<string> | null => {
    const found = texts.get(name);
    return found === undefined || found.value === "" ? null : found;
  };
  return {
    env,
    modelOverrides,
    model: text("model"),
    apiKeyHelper: text("apiKeyHelper"),
    awsAuthRefresh: text("awsAuthRefresh"),
    awsCredentialExport: text("awsCredentialExport"),
    promptCacheTtl: text("promptCacheTtl"),
  };
}

function collect(block: unknown, file: string, prefix: string, into: Map<string, Sourced<string>>): void {
  if (!isObject(block)) return;
  for (const name of Object.keys(block)) {
    const value = formatScalar(block[name]);
    if (value !== undefined && !into.has(name)) into.set(name, { value, source: `${prefix}${name} in ${file}` });
  }
}
