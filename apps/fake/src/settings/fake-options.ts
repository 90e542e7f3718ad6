import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import type { Facts } from "../terms/uncertain-facts.ts";
import type { AcceptedApiKey, AcceptedSsoToken } from "../terms/accepted-key.ts";
import type { ConfiguredProfile } from "./configured-profile.ts";
import type { FakePrincipal } from "../terms/fake-principal.ts";
import type { FakeTimers } from "./fake-timers.ts";
import type { Scenario } from "./scenario/scenario.ts";

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
  /** IDs of models that are served besides the known ones, such as `claude-opus-9`. */
  readonly models?: readonly string[] | undefined;
  /**
   * IDs of models to which the account was not granted access, in any spelling that the fake serves.
   *
   * @default {[]}
   */
  readonly deniedModels?: readonly string[] | undefined;
  /**
   * How many wrong signatures a server diagnoses in a second; the others keep the plain refusal. In a process there is no
   * such limit.
   *
   * @default {10}
   */
  readonly maxDiagnosesPerSecond?: number | undefined;
  /**
   * How many bytes of bodies a server holds at once, over all connections; what comes beyond that is refused with 503. A
   * request that is refused for its head, such as one without a signature, is not held at all.
   *
   * @default {536_870_912} as many as `maxResourceBytes`, so that one upload of the largest size fits
   */
  readonly maxBufferedBytes?: number | undefined;
  /**
   * How many signatures are computed to diagnose one that is wrong; of a request whose head is longer than 4 KiB fewer.
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
   * How many sessions the fake remembers that it issued, and how many sign-ins to IAM Identity Center, of each kind; the
   * oldest go first.
   *
   * @default {10_000}
   */
  readonly maxSessions?: number | undefined;
  /**
   * Tokens that the access portal of IAM Identity Center takes besides those that the fake issued.
   *
   * @default {any well-formed token}
   */
  readonly ssoTokens?: readonly (string | AcceptedSsoToken)[] | undefined;
  /**
   * The account of the roles whose credentials the fake issues.
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
   * How many bytes of each reply's body the journal keeps.
   *
   * @default {0: none}
   */
  readonly maxJournalReplyBytes?: number | undefined;
  /**
   * Replies of your own.
   *
   * @default {echo; a call where tools are offered; a closing text after a tool result}
   */
  readonly scenario?: Scenario | undefined;
  /**
   * How many scopes of the scenario the fake remembers; the one that was not asked for the longest begins anew.
   *
   * @default {1000}
   */
  readonly maxScenarioScopes?: number | undefined;
  /** Other answers to questions that the sources leave open. */
  readonly facts?: Partial<Facts> | undefined;
  /**
   * The fake's clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
  /**
   * What delays of a scenario wait by.
   *
   * @default {the timers of the runtime}
   */
  readonly timers?: FakeTimers | undefined;
  /**
   * Makes the random part of identifiers.
   *
   * @default {() => crypto.randomUUID()}
   */
  readonly randomUuid?: (() => string) | undefined;
}

/** A workspace of Claude Platform on AWS. */
export interface Workspace {
  /** Such as `wrkspc_01AbCdEf23GhIj`. */
  readonly id: string;
  /** The one region in which it is. */
  readonly region: string;
}
