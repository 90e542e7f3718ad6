import { findDuplicateKey } from "@claude-on-aws/auth/iam";
import { GatewayError } from "../gateway-error.ts";
import type { GatewaySettings } from "../settings/gateway-settings.ts";
import { checkReferences } from "./check-references.ts";
import { SettingsFault } from "./settings-fault.ts";
import { SETTINGS_READER } from "./settings-reader.ts";

/**
 * Reads the configuration of a gateway from the text of a JSON file. Its form is described by
 * `@claude-on-aws/gateway/configuration.schema.json`.
 *
 * @example Two upstreams, and a cap
 * ```ts
 * import { parseSettings } from "@claude-on-aws/gateway";
 * import { equal, throws } from "node:assert/strict";
 *
 * const settings = parseSettings(`{
 *   "upstreams": [
 *     { "name": "platform", "provider": "anthropic-aws", "region": "us-east-1" },
 *     { "name": "bedrock", "provider": "bedrock", "region": "us-west-2" }
 *   ],
 *   "budgets": { "caps": [{ "name": "all", "unit": "usd", "amount": 500, "window": "month", "scope": "everybody" }] }
 * }`);
 *
 * equal(settings.upstreams?.length, 2);
 * throws(() => parseSettings(`{ "upstream": [] }`), { code: "SETTINGS_MALFORMED", path: "upstream" });
 * ```
 *
 * @param json The text, JSON.
 * @returns The settings.
 * @throws {GatewayError} `SETTINGS_MALFORMED` with its path: the text is no JSON, a key is unknown or stands twice, a value does
 * not fit, or a name stands for nothing.
 */
export function parseSettings(json: string): GatewaySettings {
  const value = parseJson(json);
  try {
    const twice = findDuplicateKey(json)?.replace(/^\$\.?/, "");
    if (twice !== undefined) {
      throw new SettingsFault(twice, "the same key for the second time", "it once", "leave one of them out");
    }
    SETTINGS_READER.check(value, "");
    const { $schema: _, ...settings } = value as GatewaySettings & { readonly $schema?: string };
    checkReferences(settings);
    return settings;
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    throw malformed(error.path, error.message);
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The words of an engine may repeat a piece of the text.
    throw malformed(
      "",
      "found no JSON, expected a JSON object; it has no comments and no commas before a closing bracket",
    );
  }
}

const malformed = (path: string, what: string): GatewayError =>
  new GatewayError("SETTINGS_MALFORMED", `Cannot use the configuration${path === "" ? "" : ` at ${path}`}: ${what}`, {
    path,
  });
