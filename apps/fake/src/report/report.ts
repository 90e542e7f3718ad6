import type { Mistake } from "@claude-on-aws/auth/diagnose";

/** The first exchange of a client that broke a rule. */
export interface FirstFailure {
  /** ID of the exchange in the journal. */
  readonly exchange: string;
  /** `POST /v1/messages`. */
  readonly request: string;
  readonly message: string;
  readonly fix: string;
  /** Why the signature is wrong, where that is what broke the rule. */
  readonly diagnosis: readonly Mistake[];
}

/** How a client did by one rule. */
export interface RuleResult {
  readonly rule: string;
  readonly level: "warn" | "fail";
  readonly what: string;
  readonly source: string;
  /** Exchanges that kept to it. */
  readonly passed: number;
  /** Exchanges that broke it. */
  readonly broken: number;
  readonly first?: FirstFailure;
}

/** How one client did. */
export interface ClientReport {
  /** Name and version from the user agent, such as `claude-cli/2.1.329`. */
  readonly client: string;
  readonly exchanges: number;
  /** Every rule that had something to look at, in the order of the table. */
  readonly rules: readonly RuleResult[];
}

/** What all exchanges of the journal came to. */
export interface Report {
  /** Exchanges that were seen. */
  readonly exchanges: number;
  /** Exchanges that the journal had dropped, which could not be judged. */
  readonly dropped: number;
  readonly clients: readonly ClientReport[];
  /** Pairs of client and rule that failed. */
  readonly failed: number;
  /** Pairs of client and rule that were warned about. */
  readonly warned: number;
  /** Pairs of client and rule that passed. */
  readonly passed: number;
}
