import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import type { Principals } from "../principals/principals.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import type { ApplicationProfile } from "./application-profile.ts";
import type { FakeTimers } from "./fake-timers.ts";
import type { Scenario } from "./scenario/scenario.ts";

/** The options of a fake with every default in place: values alone, nothing that lives and changes. */
export interface FakeSettings {
  readonly credentials: readonly AwsCredentials[];
  readonly profiles: readonly ApplicationProfile[];
  /** Absent where everything is allowed, but to a session that has policies of its own. */
  readonly principals: Principals | undefined;
  readonly sessionSeconds: number | undefined;
  readonly maxSessions: number | undefined;
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
  readonly maxBufferedBytes: number;
  readonly maxDiagnosisCandidates: number;
  readonly region: string | undefined;
  readonly onFinding: "reject" | "record";
  readonly useCaseForm: "submitted" | "missing";
  readonly batchDurationMs: number;
  readonly maxResources: number;
  readonly maxResourceBytes: number;
  readonly maxJournalExchanges: number;
  readonly maxJournalBodyBytes: number;
  readonly maxJournalReplyBytes: number;
  readonly scenario: Scenario | undefined;
  readonly maxScenarioScopes: number;
  readonly facts: Facts;
  readonly now: () => Date;
  readonly timers: FakeTimers;
  readonly randomUuid: () => string;
}
