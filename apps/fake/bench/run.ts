/**
 * The fake on Bun, Deno and Node beside aimock, msw behind http-middleware and
 * the bare runtimes, in one run: servers on one core, the load on the other,
 * rounds that take turns, the median of each. The fake verifies every
 * signature; its peers verify nothing.
 */
import { parseArgs } from "node:util";
import { COMPARED_MODES, compareWith } from "./compare.ts";
import { writeFigures } from "./figures.ts";
import { measureMemory } from "./memory.ts";
import { measureRates } from "./rates.ts";
import { SCENARIOS } from "./requests.ts";
import { CONTENDERS, PEER } from "./servers.ts";
import { measureStartUp } from "./start-up.ts";

const USAGE = `Usage: pnpm bench:fake [options]

  --rounds NUMBER        rounds, of which the median counts (default 5)
  --milliseconds NUMBER  length of one load (default 1000)
  --only TEXT            only the parts, scenarios or servers whose name holds this text; may be repeated.
                         Parts: rates, start-up, memory
  --write-figures        keeps the rates for the READMEs, in figures.json; pnpm write:documents puts them there
  --before DIRECTORY     instead of all that: the fake of another checkout and this one in turn, and the ratios of
                         this one to that one`;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    milliseconds: { type: "string", default: "1000" },
    only: { type: "string", multiple: true, default: [] },
    before: { type: "string" },
    "write-figures": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const rounds = Number(values.rounds);
const milliseconds = Number(values.milliseconds);

/** Those that a word of `--only` names; all of them where no word names one. */
function chosen<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  const named = items.filter((item) => values.only.some((word) => nameOf(item).includes(word)));
  return named.length === 0 ? items : named;
}

const parts = chosen(["rates", "start-up", "memory"], (part) => part);
const scenarios = chosen(SCENARIOS, ({ name }) => name);
const contenders = chosen(CONTENDERS, ({ name }) => name);
if (values.before !== undefined) {
  await compareWith(values.before, {
    scenarios,
    modes: chosen(COMPARED_MODES, ({ name }) => name),
    rounds,
    milliseconds,
  });
  process.exit(0);
}
// Ratios need it.
const whole = contenders === CONTENDERS && scenarios === SCENARIOS && parts.includes("rates");
if (values["write-figures"] && !whole) {
  console.error("Cannot write figures of a part: leave --only out, or name rates alone");
  process.exit(2);
}
const withPeer = contenders.includes(PEER) ? contenders : [PEER, ...contenders];

if (parts.includes("rates")) {
  const rates = await measureRates(withPeer, scenarios, rounds, milliseconds);
  if (values["write-figures"]) writeFigures(rates, rounds);
}
if (parts.includes("start-up")) await measureStartUp(rounds);
if (parts.includes("memory")) await measureMemory();
