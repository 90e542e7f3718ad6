import type { JudgedExchange } from "./judged-exchange.ts";

/** What a rule is about. */
export type RuleGroup =
  | "authentication"
  | "headers"
  | "paths"
  | "bodies"
  | "versions"
  | "retries"
  | "credential hygiene";

/** What a rule says of an exchange: the way in which it is broken, that it holds, or that there is nothing to say. */
export type RuleVerdict = Broken | "pass" | "not-applicable";

/** How a rule is broken. */
export interface Broken {
  /** What was found and what was expected; holds no secret. */
  readonly message: string;
  /** What to do about it, where that is more than what the rule says. */
  readonly fix?: string;
}

/** One thing that a conforming client does. */
export interface Rule {
  /** Stable name, such as `sigv4-path-encoded-twice`. */
  readonly id: string;
  readonly group: RuleGroup;
  /** What a conforming client does, as a sentence. */
  readonly what: string;
  /** `fail` where AWS refuses what breaks it, `warn` where it works today and will not everywhere. */
  readonly level: "fail" | "warn";
  /** What to do where it is broken. */
  readonly fix: string;
  /** Where it is demanded: the address of a page, or the client and version in which it was observed. */
  readonly source: string;
  /** Whether only a request as it came over the wire can be judged by it. */
  readonly needsWire?: true;
  readonly judge: (exchange: JudgedExchange) => RuleVerdict;
}

/** What a rule found in an exchange. */
export interface Finding {
  readonly rule: string;
  readonly level: "pass" | "warn" | "fail";
  /** Absent with `pass`. */
  readonly message?: string;
  /** Absent with `pass`. */
  readonly fix?: string;
}
