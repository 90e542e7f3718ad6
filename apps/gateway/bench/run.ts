/**
 * The gateway beside the floor, the least that a signing proxy does on the same runtime, and beside the gateways of others: processor
 * time a request, the time that each adds to what the upstream takes, open streams at once, what a client holds that reads nothing, and
 * memory over many minutes. In turns, against one upstream.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { compare, type Costs, printCosts } from "./compare.ts";
import { planContenders, startContenders, stopContenders } from "./contenders.ts";
import { type Parts, writeFigures } from "./figures.ts";
import { openStreams, printStreams, type StreamFigures } from "./open-streams.ts";
import { closeConnections } from "./requests.ts";
import { RUNTIME_NAMES, type RuntimeName } from "./runtimes.ts";
import { programPath, ServerProcess } from "./server-process.ts";
import { holdForSlowReaders, printSlowReaders, type SlowFigures } from "./slow-readers.ts";
import { printSoak, soak, type SoakFigures } from "./soak.ts";

const USAGE = `Usage: pnpm bench:gateway [options]

  --rounds NUMBER   rounds, of which the median counts (default 5; 0 compares nothing)
  --times NUMBER    requests of a round (default 1000)
  --warm-up NUMBER  requests to each before the first round (default 10000)
  --streams NUMBER  streams at once (default 2000; 0 opens none)
  --no-slow         nothing of clients that read nothing
  --only RUNTIME    Node, Bun or Deno; may be repeated
  --peers           beside Anthropic's gateway and Portkey, which are installed into node_modules/.cache: a shared
                    budget beside its spend limit too, and the gateway as its command starts it. Needs PostgreSQL
  --before DIR      beside the gateway of another checkout
  --minutes NUMBER  memory at half of the load that it can take, for so long on each runtime (default 0)
  --write-table     keeps what was measured in figures.json, and writes the table of the README from it`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    times: { type: "string", default: "1000" },
    "warm-up": { type: "string", default: "10000" },
    streams: { type: "string", default: "2000" },
    "no-slow": { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    peers: { type: "boolean", default: false },
    before: { type: "string" },
    minutes: { type: "string", default: "0" },
    "write-table": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const lengths = { rounds: Number(values.rounds), times: Number(values.times), warmUp: Number(values["warm-up"]) };
const [streams, minutes] = [Number(values.streams), Number(values.minutes)];
const runtimes = RUNTIME_NAMES.filter((name) => values.only.length === 0 || values.only.includes(name));
const isWhole = runtimes.length === RUNTIME_NAMES.length && (lengths.rounds === 0 || values.peers);
if (values["write-table"] && !isWhole) {
  console.error("Cannot write a table of a part: leave --only out, and give --peers where rounds are run");
  process.exit(2);
}

/** A comparison of all that were asked for, and the releases of peers. */
async function runComparison(): Promise<readonly [Costs, Readonly<Record<string, string>>]> {
  const upstream = await ServerProcess.start(["node", programPath("upstream.ts"), "0"]);
  const plans = planContenders({ runtimes, hasPeers: values.peers, before: values.before });
  try {
    const contenders = await startContenders(plans, `http://127.0.0.1:${upstream.target.port}`);
    try {
      const costs = await compare(upstream.target, contenders, lengths);
      printCosts(costs, contenders);
      const releases = contenders.flatMap(({ server }) =>
        server.target.release === undefined ? [] : [server.target.release],
      );
      return [costs, Object.fromEntries(releases)];
    } finally {
      await stopContenders(contenders);
    }
  } finally {
    await upstream.stop();
  }
}

/** Runs a part on each runtime, in the order of the tables, and prints a line for each. */
async function onEach<Figure>(
  kinds: readonly string[],
  measure: (runtime: RuntimeName, kind: string) => Promise<Figure>,
  print: (figure: Figure) => void,
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const runtime of runtimes) {
    for (const kind of kinds) {
      const figure = await measure(runtime, kind);
      print(figure);
      figures.push(figure);
    }
  }
  return figures;
}

const BESIDE_FLOOR = ["floor", "gateway"];

/** Keeps a part as soon as it is measured: the next ones take minutes. */
const keep = (part: Partial<Parts>, releases: Readonly<Record<string, string>> = {}): void => {
  if (values["write-table"]) writeFigures(part, process.argv.slice(2), releases);
};

if (lengths.rounds > 0) {
  const [costs, releases] = await runComparison();
  keep({ costs }, releases);
}
if (!values["no-slow"]) {
  keep({ slowReaders: await onEach<SlowFigures>(BESIDE_FLOOR, holdForSlowReaders, printSlowReaders) });
}
if (streams > 0) {
  const open = (runtime: RuntimeName, kind: string): Promise<StreamFigures> => openStreams(runtime, kind, streams);
  keep({ streams: await onEach<StreamFigures>(BESIDE_FLOOR, open, printStreams) });
}
if (minutes > 0) {
  keep({ soaks: await onEach<SoakFigures>(["command"], (runtime) => soak(runtime, minutes), printSoak) });
}
closeConnections();
if (values["write-table"]) {
  const { status } = spawnSync("bun", [programPath("../../../scripts/write-documents.ts")], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
