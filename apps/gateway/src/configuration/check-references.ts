import type { GatewaySettings } from "../settings/gateway-settings.ts";
import { SettingsFault } from "./settings-fault.ts";

/**
 * Checks what no key says alone: names that stand for something else, and names that stand twice.
 *
 * @param settings The settings, each value of its form.
 * @throws {SettingsFault} at the first that is wrong.
 */
export function checkReferences({ upstreams, callers = {}, budgets }: GatewaySettings): void {
  refuseRepeated("upstreams", upstreams?.map(({ name }) => name) ?? []);
  refuseRepeated("budgets.caps", budgets?.caps.map(({ name }) => name) ?? []);
  if (upstreams === undefined) return;
  const known = upstreams.map(({ name }) => name);
  const limits: readonly (readonly [string, { readonly upstreams?: readonly string[] | null } | undefined])[] = [
    ["callers.defaults", callers.defaults],
    ...Object.entries(callers.groups ?? {}).map(([name, one]) => [`callers.groups.${name}`, one] as const),
    ...Object.entries(callers.callers ?? {}).map(([name, one]) => [`callers.callers.${name}`, one] as const),
  ];
  for (const [path, one] of limits) {
    for (const [index, name] of (one?.upstreams ?? []).entries()) {
      if (known.includes(name)) continue;
      const at = `${path}.upstreams[${index}]`;
      throw new SettingsFault(at, JSON.stringify(name), `one of ${known.join(", ")}`, "name an upstream of this file");
    }
  }
}

function refuseRepeated(list: string, names: readonly string[]): void {
  const at = names.findIndex((name, index) => names.indexOf(name) < index);
  if (at < 0) return;
  const found = `${JSON.stringify(names[at])} for the second time`;
  throw new SettingsFault(`${list}[${at}].name`, found, "no two alike", "give each a name of its own");
}
