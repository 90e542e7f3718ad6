import { describeProblem } from "./describe-problem.ts";
import type { Environment } from "./environment.ts";
import type { Problem } from "./problem.ts";
import type { MergedSettings, SettingsSource } from "./settings.ts";
import { VARIABLES, type Variable, type VariableForm } from "./variables.ts";

/** Where the files of each kind of settings are. */
const FILES: Readonly<Record<SettingsSource, string>> = {
  managed: "managed-settings.json",
  "project-local": ".claude/settings.local.json of the project",
  project: ".claude/settings.json of the project",
  user: ".claude/settings.json of the user",
};

/** Values of these forms may hold a secret somewhere inside. */
const HIDDEN: ReadonlySet<VariableForm> = new Set(["secret", "headers"]);
/**
 * What names, IDs, paths, addresses and lists of them are made of: whatever else stands in a value may be a password. In a
 * URL that is what comes before the host and what comes after the path.
 */
const PLAIN = /^[\w.:/,%[\]-]*$/;
const MAX_SHOWN_CHARACTERS = 100;

/**
 * Finds the variables that the shell exports and a settings file overrides with another value.
 *
 * @param env The process environment.
 * @param settings The merged settings.
 * @param environment The variables as the client sees them.
 * @returns A problem for each, which names the file and both values; of a secret, neither.
 */
export function findOverridden(
  env: Readonly<Record<string, string | undefined>>,
  settings: MergedSettings,
  environment: Environment,
): readonly Problem[] {
  return VARIABLES.flatMap((variable) => {
    const { name } = variable;
    const exported = env[name] ?? "";
    const set = settings.env.get(name);
    if (set === undefined || exported === "" || set.value.trim() === exported.trim()) return [];
    // Where a host manages the provider, or an old client does not know the variable, the file overrides nothing.
    const effective = environment.raw(name);
    if (effective?.value !== (set.value === "" ? undefined : set.value)) return [];
    const file = Object.entries(FILES).find(([kind]) => set.source === `${name} in ${kind} settings`)?.[1];
    return [
      describeProblem("shellOverridden", {
        name,
        file: file ?? set.source,
        value: show(variable, set.value),
        exported: show(variable, exported),
      }),
    ];
  });
}

function show({ secret, form }: Variable, value: string): string {
  if (secret || HIDDEN.has(form) || !PLAIN.test(value.trim())) return "(hidden)";
  return `"${value.slice(0, MAX_SHOWN_CHARACTERS)}"`;
}
