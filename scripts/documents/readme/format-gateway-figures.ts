import { type Cost, costOf, ratiosOf } from "../../../apps/gateway/bench/compare.ts";
import type { ContenderTitle } from "../../../apps/gateway/bench/contender.ts";
import { CONTENDER_TITLES } from "../../../apps/gateway/bench/contenders.ts";
import type { Figures, Origin } from "../../../apps/gateway/bench/figures.ts";
import { FORMS } from "../../../apps/gateway/bench/requests.ts";
import { RUNTIME_NAMES, type RuntimeName } from "../../../apps/gateway/bench/runtimes.ts";
import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/** A kind of memory, which has a column where it was measured. */
interface MemoryColumn {
  readonly part: keyof Figures;
  readonly title: string;
  readonly write: (figures: Figures, runtime: RuntimeName) => string;
}

const INTRODUCTION = `## What it costs

A request of 10 KB and an answer of as much, one after the other, at all gateways in turns before one upstream. The floor is the least
that a signing proxy does on a runtime, in 40 lines that check, count and write down nothing. The gateway by itself speaks HTTP/1.1
(\`"http": "1"\`); *as it starts* it has HTTP/2 too, tokens in a file and an audit in another; with a *shared budget*, a cap for each
caller in PostgreSQL. \`claude gateway\` is Anthropic's, with an OpenID provider and PostgreSQL; Portkey asks Amazon Bedrock by Converse.`;

/**
 * Writes what the bench of the gateway measured: processor time of a request beside floors and peers, and memory.
 *
 * @param figures What the bench kept.
 * @returns Markdown: what was measured, where the figures are from, and a table for each kind; empty where nothing was measured.
 */
export function formatGatewayFigures(figures: Figures): string {
  const parts = [figures.costs, figures.slowReaders, figures.streams, figures.soaks].filter(
    (part) => part !== undefined,
  );
  if (parts.length === 0) return "";
  const origins = [...new Set(parts.map(formatOrigin))].join("\n");
  const tables = [formatCosts(figures), formatMemory(figures)].filter((table) => table !== "");
  return [INTRODUCTION, origins, ...tables].join("\n\n");
}

const formatOrigin = ({ command, date, processor, versions }: Origin): string =>
  `${code(command)}, ${date}, ${processor}: ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}.`;

function formatCosts({ costs: measured }: Figures): string {
  if (measured === undefined) return "";
  const costs = measured.figures;
  const processorTime = (form: (typeof FORMS)[number], contender: ContenderTitle): string => {
    const { cpuMicroseconds } = costOf(costs, form, contender.name);
    const ratios = ratiosOf(costs, form, contender).map(({ ratio, of }) => `${ratio.toFixed(2)} of ${of}`);
    return `${whole(cpuMicroseconds)} µs${ratios.length === 0 ? "" : ` (${ratios.join(", ")})`}`;
  };
  const each = (name: string, write: (cost: Cost) => string): string =>
    FORMS.map((form) => write(costOf(costs, form, name))).join(" / ");
  const rows = CONTENDER_TITLES.map((contender) =>
    tableRow(
      contender.name,
      ...FORMS.map((form) => processorTime(form, contender)),
      each(contender.name, ({ addedMs }) => `${addedMs.toFixed(2)} ms`),
      each(contender.name, ({ storeMicroseconds }) =>
        storeMicroseconds === undefined ? "–" : `${whole(storeMicroseconds)} µs`,
      ),
    ),
  );
  const forms = FORMS.map((form) => `processor time, ${form}`);
  return [tableHead("a request of 10 KB", ...forms, "added", "PostgreSQL"), ...rows].join("\n");
}

function formatMemory(figures: Figures): string {
  const columns = MEMORY_COLUMNS.filter(({ part }) => figures[part] !== undefined);
  if (columns.length === 0) return "";
  const rows = RUNTIME_NAMES.map((runtime) =>
    tableRow(runtime, ...columns.map(({ write }) => write(figures, runtime))),
  );
  return [tableHead("memory", ...columns.map(({ title }) => title)), ...rows].join("\n");
}

const MEMORY_COLUMNS: readonly MemoryColumn[] = [
  {
    part: "streams",
    title: "streams at once",
    write: ({ streams }, runtime) => {
      const [floor, gateway] = beside(streams?.figures, runtime);
      const ratio = `${(gateway.rss[1] / floor.rss[1]).toFixed(2)} of the floor's`;
      return `${whole(gateway.streams)} in ${megabytes(gateway.rss[1])} (${ratio})`;
    },
  },
  {
    part: "slowReaders",
    title: "a client that reads nothing of 300 MB",
    write: ({ slowReaders }, runtime) => megabytes(beside(slowReaders?.figures, runtime)[1].each, 2),
  },
  {
    part: "soaks",
    title: "minutes at half load: resident, and objects",
    write: ({ soaks }, runtime) => {
      const { minutes, perSecond, rss, heaps } = findFigure(soaks?.figures, runtime, "command");
      const grown = (from = Number.NaN, to = Number.NaN): string => `${megabytes(from)} → ${megabytes(to)}`;
      return `${minutes} at ${whole(perSecond)} requests/s: ${grown(...rss)}, ${grown(heaps[0], heaps.at(-1))}`;
    },
  },
];

interface OfRuntime {
  readonly runtime: RuntimeName;
  readonly kind: string;
}

/** What was measured of the floor and of the gateway on a runtime. */
const beside = <Figure extends OfRuntime>(
  all: readonly Figure[] | undefined,
  runtime: RuntimeName,
): readonly [floor: Figure, gateway: Figure] => [
  findFigure(all, runtime, "floor"),
  findFigure(all, runtime, "gateway"),
];

function findFigure<Figure extends OfRuntime>(
  all: readonly Figure[] | undefined,
  runtime: RuntimeName,
  kind: string,
): Figure {
  const found = all?.find((one) => one.runtime === runtime && one.kind === kind);
  if (found !== undefined) return found;
  const what = `nothing was measured of the ${kind} on ${runtime}`;
  throw new RangeError(`Cannot write the figures of the gateway: ${what}; measure again`);
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");

const megabytes = (bytes: number, digits = 0): string => `${(bytes / 1e6).toFixed(digits)} MB`;
