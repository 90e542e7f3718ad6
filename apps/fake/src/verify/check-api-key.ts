import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { type Fault, fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { isWellFormedKey, type KeyFamily, keyFamily } from "./key-families.ts";

/** Families that a provider never takes, however well formed the key is. */
const FOREIGN: Readonly<Record<"anthropic-aws" | "mantle", readonly KeyFamily[]>> = {
  "anthropic-aws": ["bedrock", "console"],
  mantle: ["workspace", "console"],
};

/** Whether an API key is one that the provider takes. */
export function checkApiKey(
  exchange: Exchange,
  settings: FakeSettings,
  kind: "x-api-key" | "bearer",
  keys: readonly string[],
): Verdict {
  const [key = "", ...more] = keys;
  const { provider } = exchange.route;
  const found = more.length > 0 ? invalid(kind) : provider === "bedrock" ? checkBedrockKey(key, settings) : undefined;
  if (found !== undefined) return found;
  if (provider !== "bedrock") {
    const taken =
      kind === "bearer"
        ? provider === "mantle" || settings.facts.bearerKeyOnClaudePlatform
        : provider !== "mantle" || settings.facts.xApiKeyOnMantle;
    if (!taken || !isWellFormedKey(key) || FOREIGN[provider].includes(keyFamily(key))) return invalid(kind);
    if (settings.apiKeys?.has(key) === false) {
      return { ...invalid(kind), name: "api-key-unknown", status: settings.facts.unknownKeyStatus };
    }
  }
  exchange.caller = { kind };
  return undefined;
}

const invalid = (kind: "x-api-key" | "bearer"): Fault =>
  fault("api-key-malformed", kind === "x-api-key" ? "invalid x-api-key" : "Invalid bearer token");

function checkBedrockKey(key: string, settings: FakeSettings): Verdict {
  if (keyFamily(key) !== "bedrock") {
    return fault("api-key-malformed", "Invalid API Key format: Must start with pre-defined prefix");
  }
  if (isWellFormedKey(key) && settings.apiKeys?.has(key) !== false) return undefined;
  return fault("api-key-unknown", "Authentication failed: Please make sure your API Key is valid.");
}
