import { compareVersions } from "./compare-versions.ts";
import type { MergedSettings, Sourced } from "./settings.ts";
import { variables, type VariableGroup } from "./variables.ts";

/** The variables as the client sees them: the process's, with the settings' over them. */
export interface Environment {
  /** The value as written; `undefined` where it is not set or empty. */
  readonly raw: (name: string) => Sourced<string> | undefined;
  /** The value without surrounding space; `undefined` where nothing is left. */
  readonly text: (name: string) => Sourced<string> | undefined;
}

const managedByHost: ReadonlySet<VariableGroup> = new Set(["provider", "endpoint", "authentication", "model"]);
const hostSwitch = "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST";
const hostManagedNames: ReadonlySet<string> = new Set(
  variables.filter(({ group }) => managedByHost.has(group)).map(({ name }) => name),
);
const firstVersions: ReadonlyMap<string, string> = new Map(
  variables.flatMap(({ name, since }) => (since === undefined ? [] : [[name, since] as const])),
);

/**
 * Lays the settings' `env` over the process environment. A variable that the client's version does not know yet is
 * not there.
 *
 * @param env The process environment.
 * @param settings The merged settings.
 * @param clientVersion The client's version.
 */
export function createEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  settings: MergedSettings,
  clientVersion: string,
): Environment {
  const hosted = (env[hostSwitch] ?? "") !== "";
  const raw = (name: string): Sourced<string> | undefined => {
    const since = firstVersions.get(name);
    if (since !== undefined && compareVersions(clientVersion, since) < 0) return undefined;
    const fromSettings = hosted && hostManagedNames.has(name) ? undefined : settings.env.get(name);
    if (fromSettings !== undefined) return fromSettings.value === "" ? undefined : fromSettings;
    const value = env[name];
    return value === undefined || value === "" ? undefined : { value, source: name };
  };
  return {
    raw,
    text: (name) => {
      const found = raw(name);
      if (found === undefined) return undefined;
      const value = found.value.trim();
      return value === "" ? undefined : { value, source: found.source };
    },
  };
}
