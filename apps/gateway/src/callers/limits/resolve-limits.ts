import { GatewayError } from "../../gateway-error.ts";
import type { CallerSettings } from "../../settings/caller-settings.ts";
import type { CallerLimits } from "../../terms/caller.ts";
import { NARROWER } from "./narrowest.ts";

/** Where nobody says anything. */
const NO_LIMITS: CallerLimits = { models: null, upstreams: null, maxConcurrent: null };

/** What is known of a caller by its name. */
export interface ResolvedCaller {
  /** Groups that it was given with its proof, and those of its own row, each once. */
  readonly groups: readonly string[];
  readonly limits: CallerLimits;
}

/**
 * Makes what finds the limits of a caller. Of each limit the most special that says something decides: the caller's own row, else its
 * groups, else the defaults; `null` says that there is none. Where several of its groups say something, the narrowest counts: what all
 * of them let through, and the smallest number. Patterns of models that only overlap, such as `claude-*-5` and `claude-opus-*`, let
 * nothing through together.
 *
 * @param settings Limits by default, by group and by caller.
 * @param upstreams Names that limits may name; left out, any.
 * @returns What finds them, by the name of a caller and the groups that it was given with its proof.
 * @throws {GatewayError} `SETTINGS_INVALID` where a limit names an upstream that is none, or is no number of requests.
 */
export function createLimits(
  settings: Pick<CallerSettings, "defaults" | "groups" | "callers">,
  upstreams?: readonly string[],
): (name: string, groups: readonly string[]) => ResolvedCaller {
  // Names come from strangers too: `constructor` is in no Map.
  const groupRows = new Map(Object.entries(settings.groups ?? {}));
  const callerRows = new Map(Object.entries(settings.callers ?? {}));
  const { defaults = {} } = settings;
  check("callers.defaults", defaults, upstreams);
  for (const [name, row] of groupRows) check(`callers.groups.${name}`, row, upstreams);
  for (const [name, row] of callerRows) check(`callers.callers.${name}`, row, upstreams);
  return (name, given) => {
    const own = callerRows.get(name) ?? {};
    const groups = [...new Set([...given, ...(own.groups ?? [])])];
    const rows = groups.flatMap((group) => groupRows.get(group) ?? []);
    const decide = <Name extends keyof CallerLimits>(limit: Name): CallerLimits[Name] => {
      const mostSpecial: Partial<CallerLimits> = own;
      const said = [mostSpecial[limit], narrowest(rows, limit), defaults[limit]];
      return said.find((value): value is CallerLimits[Name] => value !== undefined) ?? NO_LIMITS[limit];
    };
    return {
      groups,
      limits: { models: decide("models"), upstreams: decide("upstreams"), maxConcurrent: decide("maxConcurrent") },
    };
  };
}

/** What the rows of several groups say together; `undefined` where none says anything. */
function narrowest<Name extends keyof CallerLimits>(
  rows: readonly Partial<CallerLimits>[],
  limit: Name,
): CallerLimits[Name] | undefined {
  let found: CallerLimits[Name] | undefined;
  for (const { [limit]: said } of rows) {
    if (said === undefined) continue;
    found = found === undefined ? said : NARROWER[limit](found, said);
  }
  return found;
}

function check(
  place: string,
  { upstreams, maxConcurrent }: Partial<CallerLimits>,
  known: readonly string[] | undefined,
): void {
  const unknown = known === undefined ? undefined : upstreams?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      `Cannot use ${place}.upstreams: "${unknown}" is no upstream; expected some of ${known?.join(", ")}`,
    );
  }
  if (maxConcurrent === undefined || maxConcurrent === null) return;
  if (Number.isInteger(maxConcurrent) && maxConcurrent > 0) return;
  throw new GatewayError(
    "SETTINGS_INVALID",
    `Cannot use ${place}.maxConcurrent: found ${maxConcurrent}, expected a whole number above 0, or null for no limit`,
  );
}
