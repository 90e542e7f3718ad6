import { isObject } from "@claude-on-aws/endpoints";
import type { MergedSettings, SettingsFile, SettingsSource, Sourced } from "./settings.ts";

const PRECEDENCE: readonly SettingsSource[] = ["managed", "project-local", "project", "user"];

function formatScalar(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : undefined;
}

/**
 * Merges settings files as Claude Code does: managed settings win, then the project's local ones, the project's, the
 * user's. Maps are merged name by name; everything else is taken from the first file that has it.
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
    if (!isObject(value)) continue;
    const file = `${source} settings`;
    collect(value["env"], file, "", env);
    collect(value["modelOverrides"], file, "modelOverrides ", modelOverrides);
    for (const name of ["model", "apiKeyHelper", "awsAuthRefresh", "awsCredentialExport", "promptCacheTtl"]) {
      const text = value[name];
      // A model that is left empty hides that of the next file, and the client falls back to its default.
      const given = typeof text === "string" && (text.trim() !== "" || name === "model");
      if (given && !texts.has(name)) {
        texts.set(name, { value: text.trim(), source: `${name} in ${file}` });
      }
    }
  }
  return {
    env,
    modelOverrides,
    model: texts.get("model")?.value ? (texts.get("model") ?? null) : null,
    apiKeyHelper: texts.get("apiKeyHelper") ?? null,
    awsAuthRefresh: texts.get("awsAuthRefresh") ?? null,
    awsCredentialExport: texts.get("awsCredentialExport") ?? null,
    promptCacheTtl: texts.get("promptCacheTtl") ?? null,
  };
}

function collect(block: unknown, file: string, prefix: string, into: Map<string, Sourced<string>>): void {
  if (!isObject(block)) return;
  for (const name of Object.keys(block)) {
    const value = formatScalar(block[name]);
    if (value !== undefined && !into.has(name)) into.set(name, { value, source: `${prefix}${name} in ${file}` });
  }
}
