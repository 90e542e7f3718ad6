import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
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
  readonly apiKeys?: readonly string[] | undefined;
  /**
   * Workspaces that exist.
   *
   * @default {any well-formed workspace ID}
   */
  readonly workspaces?: readonly string[] | undefined;
  /** IDs of models that are served beside the known ones, such as `claude-opus-9`. */
  readonly models?: readonly string[] | undefined;
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
   * How many exchanges the journal keeps; the oldest go first.
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

/** {@link FakeOptions} with every default in place. */
export interface FakeSettings {
  readonly credentials: readonly AwsCredentials[];
  readonly apiKeys: ReadonlySet<string> | undefined;
  readonly workspaces: ReadonlySet<string> | undefined;
  readonly models: readonly string[];
  readonly region: string | undefined;
  readonly onFinding: "reject" | "record";
  readonly maxJournalExchanges: number;
  readonly maxJournalBodyBytes: number;
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
    apiKeys: options.apiKeys && new Set(options.apiKeys),
    workspaces: options.workspaces && new Set(options.workspaces),
    models: options.models ?? [],
    region: options.region,
    onFinding: options.onFinding ?? "reject",
    maxJournalExchanges: options.maxJournalExchanges ?? 1000,
    maxJournalBodyBytes: options.maxJournalBodyBytes ?? 16_384,
    facts: resolveFacts(options.facts),
    now: options.now ?? (() => new Date()),
    randomUuid: options.randomUuid ?? (() => crypto.randomUUID()),
  };
}
