import type { DiagnosisCode } from "@claude-on-aws/auth/diagnose";
import type { CheckName } from "../exchange/check-name.ts";
import type { DetailCode } from "../terms/fault-details.ts";
import type { FaultName } from "../terms/faults.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { RuleId } from "./rule-id.ts";

/** What a rule is about. */
export type RuleGroup =
  | "authentication"
  | "headers"
  | "paths"
  | "bodies"
  | "versions"
  | "retries"
  | "conversations"
  | "credential hygiene";

/** What a rule says of an exchange: the way in which it is broken, that it holds, or that there is nothing to say. */
export type RuleVerdict = Broken | "pass" | "not-applicable";

/** How a rule is broken. */
interface Broken {
  /** What was found and what was expected. Secrets in it are taken out before anybody sees it. */
  readonly message: string;
  /** What to do about it, where that is more than what the rule says. */
  readonly fix?: string;
}

/** What every rule has, whoever decides it: its row in the table. */
export interface RuleRow {
  /** Stable name. */
  readonly id: RuleId;
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
}

/** The name of a fault, the code in its details (`WRONG_REGION`), or the code of a mistake that was diagnosed. */
export type BreakingCode = FaultName | DetailCode | DiagnosisCode;

/** A rule that one of the checks of a request decides. */
export interface RuleOfCheck extends RuleRow {
  /** Name of the check, such as `authentication`. */
  readonly check: CheckName;
  /** What breaks it. */
  readonly brokenBy: readonly BreakingCode[];
  /** Whether the rule has something to say of an exchange; of every one where it is left out. */
  readonly appliesTo?: (exchange: JudgedExchange) => boolean;
}

/** A rule with a judge of its own. */
interface RuleWithJudge extends RuleRow {
  readonly judge: (exchange: JudgedExchange) => RuleVerdict;
}

/** One thing that a conforming client does. */
export type Rule = RuleOfCheck | RuleWithJudge;

/** What a rule found in an exchange. */
export interface Finding {
  readonly rule: RuleId;
  readonly level: "pass" | "warn" | "fail";
  /** Absent with `pass`. */
  readonly message?: string;
  /** Absent with `pass`. */
  readonly fix?: string;
}
