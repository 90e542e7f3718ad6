import type { JournalEntry } from "../../apps/fake/src/judge/journal-entry.ts";
import type { JournalSnapshot } from "../../apps/fake/src/judge/journal.ts";
import type { Report } from "../../apps/fake/src/report/report.ts";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import { requestMessages, summarizeRequest } from "./request-summary.ts";
import { contentText, type ToolCall, type TurnEvents } from "./stream-json.ts";
import { TURN_CLOSING_TEXT, TURN_TOOL, TURN_TOOL_OUTPUT } from "./turn-arguments.ts";
import type { TurnCase } from "./turn-case.ts";

/** Everything that was seen of a turn. */
export interface TurnObservation {
  readonly exitStatus: number;
  /** What the program told. */
  readonly events: TurnEvents;
  /** What the fake was asked. */
  readonly journal: JournalSnapshot;
  /** What the fake's rules say of it. */
  readonly report: Report;
  /** Places off the loopback interface that the program wanted to reach. */
  readonly refused: readonly string[];
  /** How the gateway between both did, where there was one. */
  readonly gateway?: { readonly complaints: string; readonly exitStatus: number | null } | undefined;
}

/** Says what did not go as it should of a release; nothing where the turn passed. */
export function judgeTurn(
  turn: TurnCase,
  observation: TurnObservation,
  release: string = CLAUDE_CODE_VERSION,
): readonly string[] {
  const { exitStatus, events, journal, report, refused } = observation;
  return [
    ...(exitStatus === 0 ? [] : [`the program ended with status ${exitStatus}`]),
    ...judgeEvents(turn, events, release),
    ...judgeToolResults(events.toolCalls, journal.exchanges),
    ...(journal.exchanges.length === 0 ? ["no request reached the fake"] : []),
    ...(journal.dropped === 0 ? [] : [`${journal.dropped} exchanges were dropped from the journal`]),
    ...journal.exchanges
      .filter((exchange) => turn.renewal === undefined || !isOfRenewal(exchange))
      .flatMap((exchange) => judgeExchange(turn, exchange)),
    ...judgeReport(report, turn.renewal === undefined ? [] : ["sigv4-credentials-current"]),
    ...(turn.renewal === undefined ? [] : judgeRenewal(journal.exchanges)),
    ...judgeRefused(turn, refused),
    ...judgeHosts(turn, journal.exchanges),
    ...judgeGateway(turn, observation.gateway),
  ];
}

function judgeGateway({ gateway }: TurnCase, ended: TurnObservation["gateway"]): readonly string[] {
  if (gateway === undefined) return [];
  if (ended === undefined) return ["no gateway was there"];
  const { complaints, exitStatus } = ended;
  return [
    ...(complaints === "" ? [] : [`the gateway complained: ${complaints}`]),
    ...(exitStatus === 0 ? [] : [`the gateway ended with status ${exitStatus}`]),
  ];
}

function judgeRefused({ proxied }: TurnCase, refused: readonly string[]): readonly string[] {
  if (proxied?.quiet !== false) return refused.map((place) => `the program wanted to reach ${place}`);
  return refused.length > 0 ? [] : ["the proxy refused nothing, though the program was not kept from calling home"];
}

/** Where there is no base URL, requests are for the hosts of the region. */
function judgeHosts({ proxied }: TurnCase, exchanges: readonly JournalEntry[]): readonly string[] {
  if (proxied === undefined) return [];
  const hosts = exchanges.filter(({ provider }) => provider !== "sts").map(({ request }) => hostOf(request));
  const [expected] = proxied.hosts;
  return [
    ...hosts
      .filter((host) => !proxied.hosts.includes(host))
      .map((host) => `a request was for ${host}, not ${expected}`),
    ...(hosts.includes(expected) ? [] : [`no request was for ${expected}`]),
  ];
}

const hostOf = ({ headers }: JournalEntry["request"]): string =>
  headers.find(([name]) => name === ":authority" || name.toLowerCase() === "host")?.[1] ?? "";

function judgeEvents(
  turn: TurnCase,
  { version, toolCalls, result, otherLines }: TurnEvents,
  release: string,
): readonly string[] {
  const problems: string[] = [];
  if (version !== release) {
    problems.push(`the program says that it is ${version ?? "nothing"}, not ${release}`);
  }
  if (otherLines.length > 0) problems.push(`a line of its output is no JSON: ${otherLines[0]?.slice(0, 200)}`);
  if (result === undefined) problems.push("the turn did not end");
  else if (result.isError) problems.push(`the turn ended in an error: ${result.text}`);
  if (toolCalls.length === 0) problems.push("no tool was called");
  for (const { name, result: output } of toolCalls) {
    if (output === undefined) problems.push(`${name} gave no result`);
    else if (output.isError) problems.push(`${name} failed: ${output.text}`);
  }
  if (turn.behaviour === "default") {
    if (result?.text === "") problems.push("nothing was said at the end");
    return problems;
  }
  const [call, ...more] = toolCalls;
  if (more.length > 0) problems.push(`${toolCalls.length} tools were called, not 1`);
  if (call !== undefined && !isScripted(call)) {
    problems.push(`the call was ${call.name} ${JSON.stringify(call.input)}, not ${JSON.stringify(TURN_TOOL)}`);
  }
  if (call?.result && call.result.text !== TURN_TOOL_OUTPUT) {
    problems.push(`${call.name} said ${JSON.stringify(call.result.text)}, not "${TURN_TOOL_OUTPUT}"`);
  }
  if (result !== undefined && result.text !== TURN_CLOSING_TEXT) {
    problems.push(`the turn ended with ${JSON.stringify(result.text)}, not "${TURN_CLOSING_TEXT}"`);
  }
  return problems;
}

const isScripted = ({ name, input }: ToolCall): boolean =>
  name === TURN_TOOL.name && (input as { readonly command?: string } | undefined)?.command === TURN_TOOL.input.command;

/** A result counts when it went back to the model: what the program prints is not enough. */
function judgeToolResults(calls: readonly ToolCall[], exchanges: readonly JournalEntry[]): readonly string[] {
  const sent = new Map<string, string>();
  for (const { content } of exchanges.flatMap(requestMessages)) {
    if (!Array.isArray(content)) continue;
    for (const block of content as readonly Readonly<Record<string, unknown>>[]) {
      if (block["type"] === "tool_result") sent.set(String(block["tool_use_id"]), contentText(block["content"]));
    }
  }
  return calls.flatMap(({ id, name, result }) => {
    const text = sent.get(id);
    if (text === undefined) return [`no request held the result of ${name}`];
    // The program may add a reminder of its own behind it.
    return result === undefined || text.startsWith(result.text) ? [] : [`the result of ${name} was sent as ${text}`];
  });
}

function judgeExchange(turn: TurnCase, exchange: JournalEntry): readonly string[] {
  const { request, reply, caller, provider, checks } = exchange;
  const title = `${request.method} ${request.target}`;
  const problems: string[] = [];
  const { body, anthropicBeta } = summarizeRequest(exchange);
  const sent = `body keys: ${listed(body?.keys)}; betas: ${listed(body?.anthropicBeta ?? anthropicBeta)}`;
  for (const { check, fault } of checks) {
    if (fault !== undefined) {
      problems.push(`${title} failed the check ${check}, ${fault.name}: ${fault.message} (${sent})`);
    }
  }
  if (reply.status !== 200) problems.push(`${title} was answered ${reply.status}`);
  if (provider !== turn.provider) problems.push(`${title} arrived at ${provider}, not at ${turn.provider}`);
  if (caller?.kind !== turn.authentication) {
    problems.push(`${title} was authenticated by ${caller?.kind ?? "nothing"}, not by ${turn.authentication}`);
  }
  return problems;
}

const listed = (words: readonly string[] = []): string => words.join(", ") || "none";

/** What is there because the credentials ended: requests that were refused for it, and those to STS. */
const isOfRenewal = ({ provider, checks }: JournalEntry): boolean =>
  provider === "sts" || checks.some(({ fault }) => fault?.name === "credentials-expired");

function judgeRenewal(exchanges: readonly JournalEntry[]): readonly string[] {
  const sessions = exchanges.filter(({ operation, reply }) => operation === "AssumeRole" && reply.status === 200);
  const refused = exchanges.filter((exchange) => exchange.provider !== "sts" && isOfRenewal(exchange));
  return [
    ...(refused.length > 0 ? [] : ["no request was refused for credentials that had ended"]),
    ...(sessions.length > 1 ? [] : [`${sessions.length} sessions were begun, not 2`]),
    ...(exchanges.at(-1)?.reply.status === 200 ? [] : ["nothing was answered with the new credentials"]),
  ];
}

function judgeReport(report: Report, tolerated: readonly string[]): readonly string[] {
  const failed = brokenRules(report, "fail", tolerated).map((found) => `a rule failed: ${found}`);
  // A report that judged nothing has no failed rule either.
  if (report.passed === 0) failed.push("no rule was judged");
  return failed;
}

/** The rules of a level that were broken, each with its first example. */
export function brokenRules(
  { clients }: Report,
  level: "warn" | "fail",
  tolerated: readonly string[] = [],
): readonly string[] {
  return clients.flatMap(({ client, rules }) =>
    rules
      .filter((rule) => rule.level === level && rule.broken > 0 && !tolerated.includes(rule.rule))
      .map(({ rule, broken, first }) => `${rule} (${client}, ${broken} x): ${first?.request}: ${first?.message}`),
  );
}
