import type { ToolCall } from "./stream-json.ts";
import { brokenRules, judgeTurn } from "./judge-turn.ts";
import { type RequestSummary, summarizeRequest } from "./request-summary.ts";
import type { RanTurn } from "./run-turn.ts";
import type { TurnCase } from "./turn-case.ts";

/** How a turn went: a line of the output, an element of `--json`. */
export interface TurnResult {
  readonly name: string;
  readonly ok: boolean;
  /** What did not go as it should. */
  readonly problems: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  /** What was said at the end. */
  readonly text: string;
  readonly requests: readonly RequestSummary[];
  /** Pairs of client and rule. */
  readonly rules: { readonly passed: number; readonly failed: number; readonly warned: number };
  /** The rules of level `warn` that were broken; they fail no case. */
  readonly warnings: readonly string[];
  /** Places off the loopback interface that the program wanted to reach. */
  readonly refused: readonly string[];
  readonly elapsedMs: number;
}

/** Judges what was seen of a turn of a release, and sums it up. */
export function turnResult(turn: TurnCase, ran: RanTurn, release?: string): TurnResult {
  const problems = judgeTurn(turn, ran, release);
  const { passed, failed, warned } = ran.report;
  return {
    name: turn.name,
    ok: problems.length === 0,
    problems,
    toolCalls: ran.events.toolCalls,
    text: ran.events.result?.text ?? "",
    requests: ran.journal.exchanges.map(summarizeRequest),
    rules: { passed, failed, warned },
    warnings: brokenRules(ran.report, "warn"),
    refused: ran.refused,
    elapsedMs: ran.elapsedMs,
  };
}

const NAME_COLUMNS = 22;
const MAX_TEXT = 60;

/** Writes a result: a line, and below it what is wrong and what was warned about. */
export function formatTurnResult(result: TurnResult): string {
  const { name, ok, problems, toolCalls, text, requests, rules, warnings, elapsedMs } = result;
  const facts = [
    ...toolCalls.map(formatToolCall),
    `said ${quoted(text)}`,
    `${requests.length} requests`,
    `rules: ${rules.passed} passed, ${rules.failed} failed, ${rules.warned} warned`,
    `${(elapsedMs / 1000).toFixed(1)} s`,
  ];
  return [
    `${ok ? "✓" : "✗"} ${name.padEnd(NAME_COLUMNS)} ${facts.join("; ")}`,
    ...problems.map((problem) => `    ${problem}`),
    ...warnings.map((warning) => `    warned: ${warning}`),
  ].join("\n");
}

function formatToolCall({ name, input, result }: ToolCall): string {
  return `${name} ${quoted(JSON.stringify(input))} → ${result === undefined ? "nothing" : quoted(result.text)}`;
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return `"${line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line}"`;
}
