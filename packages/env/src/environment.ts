import { compareVersions } from "@claude-on-aws/endpoints";
import type { MergedSettings, Sourced } from "./settings.ts";
import { VARIABLES, type VariableGroup } from "./variables.ts";

/** The variables as the client sees them: those of the process, overridden by those of the settings. */
export interface Environment {
  /** The value as written; `undefined` where it is not set, or empty. */
  readonly raw: (name: string) => Sourced<string> | undefined;
  /** The value without surrounding space; `undefined` where nothing is left. */
  readonly text: (name: string) => Sourced<string> | undefined;
}

const MANAGED_BY_HOST: ReadonlySet<VariableGroup> = new Set(["provider", "endpoint", "authentication", "model"]);
const HOST_SWITCH = "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST";
const HOST_MANAGED_NAMES: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set(VARIABLES.filter(({ group }) => MANAGED_BY_HOST.has(group)).map(({ name }) => name)))();
const FIRST_VERSIONS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ VARIABLES.flatMap(({ name, since }) => (since === undefined ? [] : [[name, since] as const])),
);

/**
 * Lays the settings' `env` over the process environment. A variable that the client's version does not know yet counts
 * as not set.
 *
 * @param env The process environment.
 * @param settings The merged settings.
 * @param clientVersion The client's version.
 * @returns How to look variables up.
 */
export function createEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  settings: MergedSettings,
  clientVersion: string,
): Environment {
  const hosted = (env[HOST_SWITCH] ?? "") !== "";
  const raw = (name: string): Sourced<string> | undefined => {
    const since = FIRST_VERSIONS.get(name);
    if (since !== undefined && compareVersions(clientVersion, since) < 0) return undefined;
    const fromSettings = hosted && HOST_MANAGED_NAMES.has(name) ? undefined : settings.env.get(name);
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
