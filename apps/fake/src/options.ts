import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import type { Scenario } from "./scenario/scenario.ts";
import { type Facts, resolveFacts } from "./facts.ts";

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
   * @default {any well-formed key of the right family}
   */
  readonly apiKeys?: readonly (string | AcceptedApiKey)[] | undefined;
  /**
   * Workspaces that exist, each in one region where one is given: it is only
   * reachable through the endpoint of that region.
   *
   * @default {any well-formed workspace ID, in any region}
   */
  readonly workspaces?: readonly (string | Workspace)[] | undefined;
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

/** Puts the defaults in place. */
export function resolveOptions(options: FakeOptions = {}): FakeSettings {
  return {
    credentials: options.credentials ?? [EXAMPLE_CREDENTIALS],
    apiKeys:
      options.apiKeys && new Set(options.apiKeys.map((entry) => (typeof entry === "string" ? entry : entry.key))),
    apiKeyExpirations: new Map(
      options.apiKeys?.flatMap((entry) =>
        typeof entry === "string" || entry.expiration === undefined ? [] : [[entry.key, entry.expiration] as const],
      ),
    ),
    workspaces:
      options.workspaces && new Set(options.workspaces.map((entry) => (typeof entry === "string" ? entry : entry.id))),
    workspaceRegions: new Map(
      options.workspaces?.flatMap((entry) => (typeof entry === "string" ? [] : [[entry.id, entry.region] as const])),
    ),
    models: options.models ?? [],
    deniedModels: new Set(options.deniedModels),
    maxDiagnosesPerSecond: options.maxDiagnosesPerSecond ?? 10,
    maxDiagnosisCandidates: options.maxDiagnosisCandidates ?? 200,
    region: options.region,
    onFinding: options.onFinding ?? "reject",
    maxJournalExchanges: options.maxJournalExchanges ?? 1000,
    maxJournalBodyBytes: options.maxJournalBodyBytes ?? 16_384,
    scenario: options.scenario,
    facts: resolveFacts(options.facts),
    now: options.now ?? (() => new Date()),
    randomUuid: options.randomUuid ?? (() => crypto.randomUUID()),
  };
}
