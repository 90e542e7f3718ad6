import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import type { FakePrincipal } from "../terms/fake-principal.ts";
import { Principals } from "../principals/principals.ts";
import { type ConfiguredProfile, resolveProfiles } from "../create/configured-profile.ts";
import { refuseRepeated } from "../create/refuse-repeated.ts";
import type { ApplicationProfile } from "../stores/bedrock/profile-store.ts";
import type { Scenario } from "../terms/scenario.ts";
import { CredentialStore } from "../stores/sessions/credential-store.ts";
import { type Facts, resolveFacts } from "../terms/uncertain-facts.ts";
import { Resources } from "../stores/resources.ts";

/** Options for a fake. */
export interface FakeOptions {
  /**
   * Access keys whose signatures are accepted. The same ID may occur with and
   * without a session token.
   *
   * @default {the example pair of AWS's documents, AKIDEXAMPLE}
   */
  readonly credentials?: readonly AwsCredentials[] | undefined;
  /**
   * API keys that are accepted: workspace keys, Bedrock keys.
   *
   * @default {any key, but one that begins like those of another service}
   */
  readonly apiKeys?: readonly (string | AcceptedApiKey)[] | undefined;
  /**
   * Workspaces that exist, each in one region where one is given: it is only
   * reachable through the endpoint of that region.
   *
   * @default {any well-formed workspace ID, in any region}
   */
  readonly workspaces?: readonly (string | Workspace)[] | undefined;
  /**
   * Application inference profiles that exist from the start.
   *
   * @default {[]} those that clients create, and any ARN of the account that `facts.profilesOfAccount` names
   */
  readonly profiles?: readonly ConfiguredProfile[] | undefined;
  /**
   * Who is in the account, and what their policies allow. With them, only their
   * access keys and API keys are accepted, and those in `credentials` and
   * `apiKeys`, which are an administrator's unless a principal has them.
   *
   * @default {one administrator, to whom everything is allowed}
   */
  readonly principals?: readonly FakePrincipal[] | undefined;
  /** IDs of models that are served beside the known ones, such as `claude-opus-9`. */
  readonly models?: readonly string[] | undefined;
  /**
   * IDs of models to which the account was not granted access, in any spelling that the fake serves.
   *
   * @default {[]}
   */
  readonly deniedModels?: readonly string[] | undefined;
  /**
   * How many wrong signatures are diagnosed in a second; the others keep the plain refusal.
   *
   * @default {10}
   */
  readonly maxDiagnosesPerSecond?: number | undefined;
  /**
   * How many signatures are computed to diagnose one that is wrong.
   *
   * @default {200}
   */
  readonly maxDiagnosisCandidates?: number | undefined;
  /**
   * The region that the fake stands in; a signature for another is refused.
   *
   * @default {the region of the AWS host that a request names, otherwise any}
   */
  readonly region?: string | undefined;
  /**
   * What a failed check does: `reject` answers as AWS would, `record` answers
   * as if nothing were wrong and only notes it.
   *
   * @default {"reject"}
   */
  readonly onFinding?: "reject" | "record" | undefined;
  /**
   * How long temporary credentials last that the fake issues, in seconds, whatever a request asks for.
   *
   * @default {what the request asks for, otherwise 3600}
   */
  readonly sessionSeconds?: number | undefined;
  /**
   * How many sessions the fake remembers that it issued; the oldest go first.
   *
   * @default {10_000}
   */
  readonly maxSessions?: number | undefined;
  /**
   * Tokens of users who signed in to IAM Identity Center, for `GetRoleCredentials`.
   *
   * @default {any well-formed token}
   */
  readonly ssoTokens?: readonly (string | AcceptedSsoToken)[] | undefined;
  /**
   * The account in which the roles are whose credentials the fake issues.
   *
   * @default {"123456789012"}
   */
  readonly accountId?: string | undefined;
  /**
   * Whether instance metadata is given to whoever asks without a token, as version 1 of the service does.
   *
   * @default {false}
   */
  readonly metadataV1?: boolean | undefined;
  /**
   * Whether the account has sent the form about its use cases; until it has, Amazon Bedrock answers no inference.
   *
   * @default {"submitted"}
   */
  readonly useCaseForm?: "submitted" | "missing" | undefined;
  /**
   * How long a batch takes, in milliseconds: its requests are answered one after the other over this time.
   *
   * @default {200}
   */
  readonly batchDurationMs?: number | undefined;
  /**
   * How many files, batches, workspaces and application inference profiles the fake keeps, of each kind.
   *
   * @default {1000}
   */
  readonly maxResources?: number | undefined;
  /**
   * How many bytes of files and batches the fake holds, all together; no longer body is read either.
   *
   * @default {536_870_912}
   */
  readonly maxResourceBytes?: number | undefined;
  /**
   * How many answered exchanges the journal keeps, and how many refused ones
   * beside them; the oldest of each go first.
   *
   * @default {1000}
   */
  readonly maxJournalExchanges?: number | undefined;
  /**
   * How many bytes of each request body the journal keeps.
   *
   * @default {16_384}
   */
  readonly maxJournalBodyBytes?: number | undefined;
  /**
   * Replies of your own.
   *
   * @default {echo; a call where tools are offered; a closing text behind a tool result}
   */
  readonly scenario?: Scenario | undefined;
  /** Other answers to questions that the sources leave open. */
  readonly facts?: Partial<Facts> | undefined;
  /**
   * The fake's clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
  /**
   * Makes the random part of identifiers.
   *
   * @default {() => crypto.randomUUID()}
   */
  readonly randomUuid?: (() => string) | undefined;
}

/** An API key that is accepted for a while. */
export interface AcceptedApiKey {
  readonly key: string;
  /** When it ends; absent where it does not. */
  readonly expiration?: Date | undefined;
}

/** A token of IAM Identity Center that is accepted for a while. */
export interface AcceptedSsoToken {
  readonly token: string;
  /** When it ends; absent where it does not. */
  readonly expiration?: Date | undefined;
}

/** A workspace of Claude Platform on AWS. */
export interface Workspace {
  /** Such as `wrkspc_01AbCdEf23GhIj`. */
  readonly id: string;
  /** The one region in which it is. */
  readonly region: string;
}

/** {@link FakeOptions} with every default in place. */
export interface FakeSettings {
  readonly credentials: readonly AwsCredentials[];
  readonly profiles: readonly ApplicationProfile[];
  /** Absent where everything is allowed, but to a session that has policies of its own. */
  readonly principals: Principals | undefined;
  /** Those credentials, and the sessions that were issued since. */
  readonly credentialStore: CredentialStore;
  readonly sessionSeconds: number | undefined;
  readonly accountId: string;
  /** When each token ends. */
  readonly ssoTokens: ReadonlyMap<string, Date | "never"> | undefined;
  readonly metadataV1: boolean;
  readonly apiKeys: ReadonlySet<string> | undefined;
  /** When a key ends, for those that do. */
  readonly apiKeyExpirations: ReadonlyMap<string, Date>;
  readonly workspaces: ReadonlySet<string> | undefined;
  /** The region of a workspace, for those that have one. */
  readonly workspaceRegions: ReadonlyMap<string, string>;
  readonly models: readonly string[];
  readonly deniedModels: ReadonlySet<string>;
  readonly maxDiagnosesPerSecond: number;
  readonly maxDiagnosisCandidates: number;
  readonly region: string | undefined;
  readonly onFinding: "reject" | "record";
  readonly useCaseForm: "submitted" | "missing";
  readonly batchDurationMs: number;
  readonly maxResources: number;
  readonly maxResourceBytes: number;
  /** What clients made. */
  readonly resources: Resources;
  readonly maxJournalExchanges: number;
  readonly maxJournalBodyBytes: number;
  readonly scenario: Scenario | undefined;
  readonly facts: Facts;
  readonly now: () => Date;
  readonly randomUuid: () => string;
}

/** The example pair of AWS's documents. */
export const EXAMPLE_CREDENTIALS: AwsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

/**
 * Puts the defaults in place.
 *
 * @throws {ConfigurationError} where options contradict each other, or name what is not there.
 */
export function resolveOptions(options: FakeOptions = {}): FakeSettings {
  const workspaceIds = options.workspaces?.map((entry) => (typeof entry === "string" ? entry : entry.id));
  refuseRepeated("workspaces", workspaceIds ?? []);
  const { accountId = "123456789012", maxSessions } = options;
  const principals = resolvePrincipals(options, accountId);
  const { credentials = [EXAMPLE_CREDENTIALS], apiKeys } = principals ?? options;
  const settings: Omit<FakeSettings, "profiles" | "resources"> = {
    credentials,
    principals,
    credentialStore: new CredentialStore({
      credentials,
      accountId,
      maxSessions,
      arnOf: (accessKeyId) => principals?.ofAccessKey(accessKeyId)?.arn,
    }),
    sessionSeconds: options.sessionSeconds,
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
    maxDiagnosisCandidates: options.maxDiagnosisCandidates ?? 200,
    region: options.region,
    onFinding: options.onFinding ?? "reject",
    useCaseForm: options.useCaseForm ?? "submitted",
    batchDurationMs: options.batchDurationMs ?? 200,
    maxResources: options.maxResources ?? 1000,
    maxResourceBytes: options.maxResourceBytes ?? 536_870_912,
    maxJournalExchanges: options.maxJournalExchanges ?? 1000,
    maxJournalBodyBytes: options.maxJournalBodyBytes ?? 16_384,
    scenario: options.scenario,
    facts: resolveFacts(options.facts),
    now: options.now ?? (() => new Date()),
    randomUuid: options.randomUuid ?? (() => crypto.randomUUID()),
  };
  const profiles = resolveProfiles(options.profiles ?? [], settings);
  // Clients may name a profile by its ID alone.
  refuseRepeated(
    "profiles",
    profiles.map(({ id }) => id),
  );
  return { ...settings, profiles, resources: new Resources({ ...settings, profiles }) };
}

function resolvePrincipals(
  { principals, credentials, apiKeys = [] }: FakeOptions,
  accountId: string,
): Principals | undefined {
  if (principals === undefined) return undefined;
  return new Principals({ principals, credentials, defaultCredentials: [EXAMPLE_CREDENTIALS], apiKeys, accountId });
}
