import { PROVIDER_SWITCHES, PROVIDER_TITLES, type Config } from "@claude-on-aws/env";
import { createPaint } from "../create-paint.ts";
import { foldText } from "../fold-text.ts";
import type { StatusReport } from "./status-report.ts";

type Row = readonly [what: string, value: string, source: string];

const MAX_COLUMN_WIDTH = 64;

/**
 * Writes a report as a table for people: what, value, where it comes from; the problems with their fixes below.
 *
 * @param report The report.
 * @param config The configuration that it was made of.
 * @param colour Whether to colour it.
 * @returns Its lines.
 */
export function formatStatus(report: StatusReport, config: Config, colour: boolean): readonly string[] {
  const paint = createPaint(colour);
  const title = PROVIDER_TITLES[report.provider];
  const sends = report.request !== null;
  const planned = report.provider !== "vertex";
  const lines = [
    sends
      ? `Claude Code ${config.clientVersion} would send its requests to ${paint("bold", title)}.`
      : planned
        ? `Claude Code ${config.clientVersion} would send ${paint("red", "nothing")}: it cannot reach ${title} as configured.`
        : `Claude Code ${config.clientVersion} would send its requests to ${title}, which is not planned here.`,
    "",
  ];
  const rows = describe(report, config);
  const widths = [0, 1].map((column) =>
    Math.min(MAX_COLUMN_WIDTH, Math.max(...rows.map((row) => row[column as 0 | 1].length))),
  );
  for (const [what, value, source] of rows) {
    const [first = "", ...folded] = foldText(value, MAX_COLUMN_WIDTH);
    const cells = `${paint("cyan", what.padEnd(widths[0] ?? 0))}  ${first.padEnd(widths[1] ?? 0)}`;
    lines.push(source === "" ? cells.trimEnd() : `${cells}  ${paint("dim", source)}`);
    lines.push(...folded.map((line) => `${" ".repeat(widths[0] ?? 0)}  ${line}`));
  }
  if (report.problems.length === 0) return [...lines, "", paint("green", "No problems found.")];
  lines.push("", report.problems.length === 1 ? "1 problem:" : `${report.problems.length} problems:`);
  const errorsFirst = report.problems.toSorted((left, right) => left.severity.localeCompare(right.severity));
  for (const { code, severity, message, fix } of errorsFirst) {
    lines.push(
      "",
      `  ${paint(severity === "error" ? "red" : "yellow", severity)} ${paint("bold", code)}`,
      `    ${message}`,
      `    ${paint("green", "→")} ${fix}`,
    );
  }
  return lines;
}

const METHODS: Readonly<Record<StatusReport["auth"]["method"], string>> = {
  sigv4: "AWS signature (SigV4)",
  "api-key": "API key",
  bearer: "bearer token",
  both: "bearer token and API key",
  none: "none",
};

function describe(report: StatusReport, config: Config): readonly Row[] {
  const { request } = report;
  const variable = PROVIDER_SWITCHES.find(({ provider }) => provider === report.provider)?.variable;
  const rows: Row[] = [["provider", PROVIDER_TITLES[report.provider], variable ?? "default"]];
  if (report.region !== null) rows.push(["region", report.region.value, report.region.source]);
  if (report.baseUrl !== null) rows.push(["base URL", report.baseUrl.value, report.baseUrl.source]);
  if (report.workspaceId !== null) rows.push(["workspace", report.workspaceId.value, report.workspaceId.source]);
  rows.push(["authentication", METHODS[report.auth.method], report.auth.source]);
  rows.push(["model", report.model.id + (report.model.context1m ? " (1M context)" : ""), report.model.source]);
  if (request === null) return rows;
  if (request.signing !== null) {
    const { accessKeyId, service, region } = request.signing;
    rows.push(["signed as", `${accessKeyId ?? "?"} for ${service} in ${region}`, ""]);
  }
  rows.push(["prompt caching", request.promptCaching.ttl ?? "off", describeCaching(config)]);
  for (const [name, value] of Object.entries(request.headers)) {
    if (SHOWN_HEADERS.has(name) || config.customHeaders.some(([custom]) => custom === name)) {
      rows.push(["header", `${name}: ${value}`, ""]);
    }
  }
  for (const call of report.controlPlane) {
    rows.push(["asks first", call.replace(" ", ` ${report.controlPlaneOrigin ?? ""}`), ""]);
  }
  rows.push(["request", `${request.method} ${request.url}`, ""]);
  return rows;
}

const SHOWN_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "x-api-key",
  "anthropic-workspace-id",
  "anthropic-beta",
  "x-amzn-bedrock-service-tier",
]);

function describeCaching({ caching }: Config): string {
  return caching.enabled.value ? caching.ttl.source : caching.enabled.source;
}
