import type { WireReply } from "../terms/wire.ts";
import type { FakeCore } from "../create/fake-core.ts";
import { type FakeReportFormat, formatFakeReport } from "../report/format-fake-report.ts";
import { REPORT_MEDIA_TYPES } from "../report/format-report.ts";
import { RULES } from "../rules/rules.ts";
import { json, text } from "./control-reply.ts";
import { selectExchanges } from "../judge/select-exchanges.ts";

/** What a request for the fake itself asks. */
interface ControlRequest {
  readonly fake: FakeCore;
  readonly query: URLSearchParams;
  /** What the client accepts. */
  readonly accept: string;
  /** What stands for the name in braces; empty where the path has none. */
  readonly parameter: string;
}

/** One route of the fake itself. */
export interface ControlRoute {
  readonly method: "GET" | "POST";
  /** Path; a name in braces at its end stands for one segment. */
  readonly path: string;
  readonly answer: (request: ControlRequest) => WireReply;
}

/** Every route of the fake itself. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/_fake/health",
    answer: ({ fake }) => json(200, { status: "ok", exchanges: fake.journal.total }),
  },
  {
    method: "GET",
    path: "/_fake/journal",
    answer: ({ fake, query }) => {
      const selected = selectExchanges(fake.journal.snapshot(), query);
      return "error" in selected ? json(400, selected) : json(200, selected);
    },
  },
  {
    method: "GET",
    path: "/_fake/exchanges/{id}",
    answer: ({ fake, parameter }) => {
      const entry = fake.journal.find(parameter);
      if (entry !== undefined) return json(200, entry);
      return json(404, { error: "Cannot show the exchange: it was never seen, or the journal has dropped it since" });
    },
  },
  { method: "GET", path: "/_fake/report", answer: answerReport },
  {
    method: "GET",
    path: "/_fake/rules",
    answer: () =>
      json(200, {
        rules: RULES.map(({ id, group, what, level, fix, source, needsWire = false }) => ({
          id,
          group,
          what,
          level,
          fix,
          source,
          needsWire,
        })),
      }),
  },
  {
    method: "POST",
    path: "/_fake/reset",
    answer: ({ fake }) => {
      fake.reset();
      return json(200, { status: "ok", exchanges: fake.journal.total });
    },
  },
];

const MEDIA_TYPES: Readonly<Record<FakeReportFormat, string>> = {
  ...REPORT_MEDIA_TYPES,
  html: "text/html; charset=utf-8",
};

const FORMATS: readonly FakeReportFormat[] = ["json", "text", "junit", "markdown", "html"];

function answerReport({ fake, query, accept }: ControlRequest): WireReply {
  const asked = query.get("format");
  const format = asked === null ? formatOfAccept(accept) : FORMATS.find((known) => known === asked);
  if (format === undefined) {
    return json(400, { error: `Cannot write the report: expected format to be one of ${FORMATS.join(", ")}` });
  }
  return text(200, MEDIA_TYPES[format], formatFakeReport(fake, format));
}

/** The first media type that is accepted and that we write; JSON where there is none. */
function formatOfAccept(accept: string): FakeReportFormat {
  for (const range of accept.split(",")) {
    const media = (range.split(";", 1)[0] ?? "").trim().toLowerCase();
    const format = FORMATS.find((known) => MEDIA_TYPES[known].split(";", 1)[0] === media);
    if (format !== undefined) return format;
    if (media === "text/xml") return "junit";
  }
  return "json";
}
