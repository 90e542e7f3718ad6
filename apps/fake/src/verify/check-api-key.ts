import { isApiKey, type KeyFamily, keyFamily, splitTarget } from "@claude-on-aws/endpoints";
import { type ApiKey, AuthError, parseApiKey, type ShortTermKey, verifyShortTermKey } from "@claude-on-aws/auth";
import type { Verdict } from "../exchange/check.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { KeyRefusalCode } from "../terms/fault-details.ts";
import { type Fault, type FaultName, fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { Provider } from "../terms/provider.ts";

/** Families that a provider takes. A text of no family may be a key of a gateway's own; Amazon Bedrock wants a prefix. */
const TAKEN: Readonly<Record<Provider, readonly KeyFamily[]>> = {
  "anthropic-aws": ["anthropic-aws", "unknown"],
  bedrock: ["bedrock"],
  mantle: ["bedrock", "unknown"],
};

type Kind = "x-api-key" | "bearer";

/**
 * Checks whether an API key is one that the provider takes, and notes the caller.
 *
 * @returns A fault named `api-key-…` where it is not.
 */
export function checkApiKey(
  exchange: Exchange,
  settings: FakeSettings,
  state: FakeState,
  kind: Kind,
  keys: readonly string[],
): Verdict | Promise<Verdict> {
  const [key = "", ...more] = keys;
  const refuse = refuserOf(exchange, settings, kind);
  const { provider } = exchange.route;
  if (more.length > 0 || !isTakenAs(kind, provider, settings)) return refuse("api-key-malformed");
  if (!TAKEN[provider].includes(keyFamily(key))) return refuse("api-key-malformed");
  if (!isApiKey(key)) return refuse(provider === "bedrock" ? "api-key-unknown" : "api-key-malformed");
  const listed = settings.apiKeys?.has(key);
  if (listed === false && !isOfPrincipal(key, settings, state)) return refuse("api-key-unknown");
  const ends = settings.apiKeyExpirations.get(key);
  if (ends !== undefined && ends <= exchange.receivedAt) return refuse("api-key-expired");
  const parsed = parse(key);
  if (parsed === undefined && listed !== true && !settings.facts.undecodableKeys) return refuse("api-key-unknown");
  if (parsed?.term === "short") return checkShortTermKey(key, parsed, exchange, settings, state, kind);
  exchange.caller = { kind };
  return undefined;
}

function isTakenAs(kind: Kind, provider: Provider, { facts }: FakeSettings): boolean {
  if (provider === "anthropic-aws") return kind === "x-api-key" || facts.bearerKeyOnClaudePlatform;
  return provider === "bedrock" || kind === "bearer" || facts.xApiKeyOnMantle;
}

/** `undefined` where the key begins like one of AWS and does not go on like one. */
function parse(key: string): ApiKey | undefined {
  try {
    return parseApiKey(key);
  } catch (error) {
    if (error instanceof AuthError) return undefined;
    throw error;
  }
}

/** Where there are principals, a short-term key that one of their access keys made need not be listed. */
function isOfPrincipal(key: string, { principals }: FakeSettings, { credentials }: FakeState): boolean {
  if (principals === undefined) return false;
  const parsed = parse(key);
  return parsed?.term === "short" && credentials.principalOf(parsed.accessKeyId) !== undefined;
}

/** A short-term key holds a signature; it is verified where the fake knows who signed. */
async function checkShortTermKey(
  key: string,
  { url, accessKeyId, region, service }: ShortTermKey,
  exchange: Exchange,
  settings: FakeSettings,
  state: FakeState,
  kind: Kind,
): Promise<Verdict> {
  const sessionToken = new URLSearchParams(splitTarget(url).query).get("X-Amz-Security-Token") ?? undefined;
  const verification = await verifyShortTermKey(key, {
    credentials: (id) => state.credentials.find(id, sessionToken),
    region: exchange.route.hostRegion ?? settings.region,
    now: exchange.receivedAt,
    maxClockSkewMs: settings.facts.maxClockSkewMinutes * 60_000,
  });
  if (!verification.ok && verification.code !== "ACCESS_KEY_UNKNOWN") {
    const refuse = refuserOf(exchange, settings, kind);
    return refuse(EXPIRED.has(verification.code) ? "api-key-expired" : "api-key-unknown", verification.code);
  }
  exchange.caller = { kind, accessKeyId, region, service };
  return undefined;
}

const EXPIRED: ReadonlySet<KeyRefusalCode> = new Set(["PRESIGNED_EXPIRED", "CREDENTIALS_EXPIRED"]);

type KeyFault = Extract<FaultName, `api-key-${string}`>;
type Refuse = (name: KeyFault, code?: KeyRefusalCode) => Fault;

/** Refuses in the words of the provider. */
function refuserOf({ route }: Exchange, { facts }: FakeSettings, kind: Kind): Refuse {
  const bedrock = route.provider === "bedrock";
  const invalid = kind === "x-api-key" ? "invalid x-api-key" : "Invalid bearer token";
  const words: Readonly<Record<KeyFault, string>> = bedrock
    ? {
        "api-key-malformed": "Invalid API Key format: Must start with pre-defined prefix",
        "api-key-unknown": "Authentication failed: Please make sure your API Key is valid.",
        "api-key-expired": facts.expiredKeyWordsOnBedrock,
      }
    : {
        "api-key-malformed": invalid,
        "api-key-unknown": invalid,
        "api-key-expired": "The security token included in the request is expired",
      };
  return (name, code) =>
    fault(name, words[name], {
      ...(route.provider === "anthropic-aws" && name === "api-key-unknown" ? { status: facts.unknownKeyStatus } : {}),
      ...(code === undefined ? {} : { details: { code } }),
    });
}
