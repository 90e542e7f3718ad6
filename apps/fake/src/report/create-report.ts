import { redactHost } from "@claude-on-aws/endpoints";
import type { JournalEntry } from "../judge/journal-entry.ts";
import type { Journal } from "../judge/journal.ts";
import type { Rule } from "../rules/rule.ts";
import type { RuleId } from "../rules/rule-id.ts";
import { RULES } from "../rules/rules.ts";
import { findSilentHosts } from "./find-silent-hosts.ts";
import { isAnsweredInference } from "./is-answered-inference.ts";
import type { ClientReport, FirstFailure, Report, RuleResult } from "./report.ts";

/**
 * Judges the exchanges of a journal by every rule, and adds up what was found,
 * by client and rule.
 *
 * @example Usage
 * ```ts
 * import { createFake } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFake();
 * await fake.fetch(new Request("https://bedrock-runtime.us-east-1.amazonaws.com/model/x/invoke", { method: "POST" }));
 *
 * equal(fake.report().clients[0]?.rules[0]?.rule, "authentication-present");
 * equal(fake.report().failed > 0, true);
 * ```
 *
 * @param journal What was recorded.
 * @returns Clients in the order in which they were first seen; their rules in the order of the table.
 */
export function createReport(journal: Journal): Report {
  const { exchanges, total, dropped } = journal.snapshot();
  const byClient = Map.groupBy(exchanges, ({ client }) => client);
  const clients = [...byClient].map(([client, entries]) => clientReport(client, entries));
  const results = clients.flatMap(({ rules }) => rules);
  const broken = results.filter((result) => result.broken > 0);
  const refusedHosts = journal.refusedHosts.toArray().map(({ host, count }) => ({ host: redactHost(host), count }));
  // What was dropped may have been of any host.
  const silentHosts = dropped > 0 ? [] : findSilentHosts(journal.tunnels.toArray(), exchanges);
  return {
    exchanges: total,
    dropped,
    clients,
    ...(refusedHosts.length === 0 ? {} : { refusedHosts }),
    ...(silentHosts.length === 0 ? {} : { silentHosts }),
    failed: broken.filter(({ level }) => level === "fail").length,
    warned: broken.filter(({ level }) => level === "warn").length,
    passed: results.length - broken.length,
  };
}

interface Count {
  passed: number;
  broken: number;
  first: FirstFailure | undefined;
}

function clientReport(client: string, entries: readonly JournalEntry[]): ClientReport {
  const counts = new Map<RuleId, Count>();
  for (const entry of entries) {
    for (const { rule, level, message = "", fix = "" } of entry.findings) {
      const count = counts.get(rule) ?? { passed: 0, broken: 0, first: undefined };
      counts.set(rule, count);
      if (level === "pass") {
        count.passed++;
        continue;
      }
      count.broken++;
      count.first ??= firstFailure(entry, message, fix);
    }
  }
  const rules = RULES.flatMap((rule) => {
    const count = counts.get(rule.id);
    return count === undefined ? [] : [ruleResult(rule, count)];
  });
  const answeredInferences = entries.filter(isAnsweredInference).length;
  return { client, exchanges: entries.length, answeredInferences, rules };
}

const firstFailure = ({ id, request, diagnosis = [] }: JournalEntry, message: string, fix: string): FirstFailure => ({
  exchange: id,
  request: `${request.method} ${request.target}`,
  message,
  fix,
  diagnosis,
});

function ruleResult({ id, group, level, what, source }: Rule, { passed, broken, first }: Count): RuleResult {
  const result = { rule: id, group, level, what, source, passed, broken };
  if (first === undefined) return result;
  // Why the signature is wrong explains no rule about anything else that the exchange broke.
  return { ...result, first: group === "authentication" ? first : { ...first, diagnosis: [] } };
}
