import { Principals } from "../principals/principals.ts";
import { EXAMPLE_CREDENTIALS } from "../settings/example-credentials.ts";
import type { FakeOptions } from "../settings/fake-options.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { RUNTIME_TIMERS } from "../settings/fake-timers.ts";
import { resolveFacts } from "../terms/uncertain-facts.ts";
import { refuseRepeated } from "./refuse-repeated.ts";
import { resolveProfiles } from "./resolve-profiles.ts";

/**
 * Puts the defaults in place.
 *
 * @returns What every part of a fake goes by.
 * @throws {FakeError} where options contradict each other, or name what is not there.
 */
export function resolveOptions(options: FakeOptions = {}): FakeSettings {
  const workspaceIds = options.workspaces?.map((entry) => (typeof entry === "string" ? entry : entry.id));
  refuseRepeated("workspaces", workspaceIds ?? []);
  const { accountId = "123456789012" } = options;
  const principals = resolvePrincipals(options, accountId);
  const { credentials = [EXAMPLE_CREDENTIALS], apiKeys } = principals ?? options;
  const settings: Omit<FakeSettings, "profiles"> = {
    credentials,
    principals,
    sessionSeconds: options.sessionSeconds,
    maxSessions: options.maxSessions,
    accountId,
    ssoTokens:
      options.ssoTokens &&
      new Map(
        options.ssoTokens.map((entry) =>
          typeof entry === "string" ? [entry, "never"] : [entry.token, entry.expiration ?? "never"],
        ),
      ),
    metadataV1: options.metadataV1 ?? false,
    apiKeys: apiKeys && new Set(apiKeys.map((entry) => (typeof entry === "string" ? entry : entry.key))),
    apiKeyExpirations: new Map(
      apiKeys?.flatMap((entry) =>
        typeof entry === "string" || entry.expiration === undefined ? [] : [[entry.key, entry.expiration] as const],
      ),
    ),
    workspaces: workspaceIds && new Set(workspaceIds),
    workspaceRegions: new Map(
      options.workspaces?.flatMap((entry) => (typeof entry === "string" ? [] : [[entry.id, entry.region] as const])),
    ),
    models: options.models ?? [],
    deniedModels: new Set(options.deniedModels),
    maxDiagnosesPerSecond: options.maxDiagnosesPerSecond ?? 10,
    maxBufferedBytes: options.maxBufferedBytes ?? 536_870_912,
    maxDiagnosisCandidates: options.maxDiagnosisCandidates ?? 200,
    region: options.region,
    onFinding: options.onFinding ?? "reject",
    useCaseForm: options.useCaseForm ?? "submitted",
    batchDurationMs: options.batchDurationMs ?? 200,
    maxResources: options.maxResources ?? 1000,
    maxResourceBytes: options.maxResourceBytes ?? 536_870_912,
    maxJournalExchanges: options.maxJournalExchanges ?? 1000,
    maxJournalBodyBytes: options.maxJournalBodyBytes ?? 16_384,
    maxJournalReplyBytes: options.maxJournalReplyBytes ?? 0,
    scenario: options.scenario,
    maxScenarioScopes: options.maxScenarioScopes ?? 1000,
    facts: resolveFacts(options.facts),
    timers: options.timers ?? RUNTIME_TIMERS,
    now: options.now ?? (() => new Date()),
    randomUuid: options.randomUuid ?? (() => crypto.randomUUID()),
  };
  const profiles = resolveProfiles(options.profiles ?? [], settings);
  // Clients may name a profile by its ID alone.
  refuseRepeated(
    "profiles",
    profiles.map(({ id }) => id),
  );
  return { ...settings, profiles };
}

function resolvePrincipals(
  { principals, credentials, apiKeys = [] }: FakeOptions,
  accountId: string,
): Principals | undefined {
  if (principals === undefined) return undefined;
  return new Principals({ principals, credentials, defaultCredentials: [EXAMPLE_CREDENTIALS], apiKeys, accountId });
}
