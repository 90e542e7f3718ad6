import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { HostCount } from "../stores/host-counts.ts";
import type { RefusedHost } from "../stores/refused-hosts.ts";
import type { RuleGroup } from "../rules/rule.ts";
import type { RuleId } from "../rules/rule-id.ts";

/** The first exchange of a client that broke a rule. */
export interface FirstFailure {
  /** ID of the exchange in the journal. */
  readonly exchange: string;
  /** Method and target, such as `POST /v1/messages`. */
  readonly request: string;
  /** What was found and what was expected. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** Why the signature of the exchange is wrong; empty where it is right, the cause was not found, or the rule is about something else. */
  readonly diagnosis: readonly Mistake[];
}

/** How a client did by one rule. */
export interface RuleResult {
  readonly rule: RuleId;
  readonly group: RuleGroup;
  /** What it means to break the rule: `fail` where AWS refuses it, `warn` otherwise. */
  readonly level: "warn" | "fail";
  readonly what: string;
  readonly source: string;
  /** Exchanges that kept to it. */
  readonly passed: number;
  /** Exchanges that broke it. */
  readonly broken: number;
  /** Absent where no exchange broke it. */
  readonly first?: FirstFailure;
}

/** How one client did. */
export interface ClientReport {
  /** Name and version from the user agent, such as `claude-cli/2.1.329`. */
  readonly client: string;
  /** Exchanges of the client that were judged. */
  readonly exchanges: number;
  /** Those that asked a model, and were not refused. */
  readonly answeredInferences: number;
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
  /** What clients wanted to reach through the fake as a proxy, and what it refused; absent where there was nothing. */
  readonly refusedHosts?: readonly RefusedHost[];
  /** Hosts of AWS to which clients opened a tunnel, and of which no exchange was seen; absent where there is none. */
  readonly silentHosts?: readonly HostCount[];
  /** Pairs of client and rule that failed. */
  readonly failed: number;
  /** Pairs of client and rule that were warned about. */
  readonly warned: number;
  /** Pairs of client and rule that passed. */
  readonly passed: number;
}
