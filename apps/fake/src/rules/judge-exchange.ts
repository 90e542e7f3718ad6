import { PROVIDERS } from "../terms/provider.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import { isAskedBefore } from "./refusal-order.ts";
import type { BreakingCode, Finding, Rule, RuleOfCheck, RuleVerdict } from "./rule.ts";
import { RULES } from "./rules.ts";

/**
 * Judges an exchange by every rule. A rule that had nothing to look at, because
 * the request is of another kind or was refused before, gives no finding.
 *
 * @returns One finding for each rule that had something to look at, in the order of the rules.
 */
export function judgeExchange(exchange: JudgedExchange, rules: readonly Rule[] = RULES): readonly Finding[] {
  const findings: Finding[] = [];
  // A request for credentials is not one for Claude: the rules say nothing of it.
  if (!Object.hasOwn(PROVIDERS, exchange.provider)) return findings;
  for (const rule of rules) {
    if (rule.needsWire === true && exchange.evidence.wire === "reconstructed") continue;
    const verdict = "judge" in rule ? rule.judge(exchange) : judgeByCheck(rule, exchange);
    if (verdict === "not-applicable") continue;
    if (verdict === "pass") {
      findings.push({ rule: rule.id, level: "pass" });
      continue;
    }
    const { message, fix = rule.fix } = verdict;
    findings.push({ rule: rule.id, level: rule.level, message: cut(message), fix });
  }
  return findings;
}

/** What a client sent may be long. */
const MAX_MESSAGE_LENGTH = 500;

const cut = (message: string): string =>
  message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH - 1)}…`;

function judgeByCheck(rule: RuleOfCheck, exchange: JudgedExchange): RuleVerdict {
  const { check, brokenBy, appliesTo } = rule;
  const { checks, diagnosis = [] } = exchange.evidence;
  const result = checks.find((one) => one.check === check);
  if (result === undefined || appliesTo?.(exchange) === false) return "not-applicable";
  const { fault } = result;
  if (fault === undefined) return "pass";
  const mistake = diagnosis.find(({ code }) => brokenBy.includes(code));
  if (mistake !== undefined) return { message: mistake.message, fix: mistake.fix };
  const detail = fault.details?.code;
  const codes: readonly BreakingCode[] = detail === undefined ? [fault.name] : [fault.name, detail];
  // AWS prints what it expected after its sentence.
  if (codes.some((code) => brokenBy.includes(code))) {
    const [message = ""] = fault.message.split("\n\n", 1);
    return fault.fix === undefined ? { message } : { message, fix: fault.fix };
  }
  return codes.some((code) => isAskedBefore(brokenBy, code)) ? "pass" : "not-applicable";
}
