import type { CachingSettings } from "./config.ts";
import type { Environment } from "./environment.ts";
import { MODEL_FAMILIES } from "./model-families.ts";
import { parseSwitch } from "./parse-switch.ts";
import type { Provider } from "./provider.ts";
import type { Sourced } from "./settings.ts";

/**
 * Finds whether prompts are cached, and for how long.
 *
 * @param environment The variables.
 * @param promptCacheTtl The setting of that name.
 * @param provider The provider: some variables are for Bedrock alone.
 * @returns What applies, each value with its source.
 */
export function resolveCaching(
  environment: Environment,
  promptCacheTtl: Sourced<string> | null,
  provider: Provider,
): CachingSettings {
  const disabled = environment.text("DISABLE_PROMPT_CACHING");
  return {
    enabled:
      disabled !== undefined && parseSwitch(disabled.value)
        ? { value: false, source: disabled.source }
        : { value: true, source: "default" },
    disabledFamilies: MODEL_FAMILIES.filter((family) =>
      parseSwitch(environment.text(`DISABLE_PROMPT_CACHING_${family.toUpperCase()}`)?.value),
    ),
    ttl: resolveTtl(environment, promptCacheTtl, provider),
  };
}

function resolveTtl(
  environment: Environment,
  promptCacheTtl: Sourced<string> | null,
  provider: Provider,
): Sourced<"5m" | "1h"> {
  const forced = environment.text("FORCE_PROMPT_CACHING_5M");
  if (forced !== undefined && parseSwitch(forced.value)) return { value: "5m", source: forced.source };
  for (const entry of [environment.text("CLAUDE_CODE_PROMPT_CACHE_TTL"), promptCacheTtl]) {
    const ttl = entry?.value;
    if (entry && (ttl === "5m" || ttl === "1h")) return { value: ttl, source: entry.source };
  }
  const switches = ["ENABLE_PROMPT_CACHING_1H"];
  if (provider === "bedrock") switches.push("ENABLE_PROMPT_CACHING_1H_BEDROCK");
  for (const name of switches) {
    const entry = environment.text(name);
    if (entry !== undefined && parseSwitch(entry.value)) return { value: "1h", source: entry.source };
  }
  return { value: "5m", source: "default" };
}
