import { releaseOf } from "@claude-on-aws/fixtures/releases";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Costs } from "./compare.ts";
import type { StreamFigures } from "./open-streams.ts";
import { RUNTIMES } from "./runtimes.ts";
import type { SlowFigures } from "./slow-readers.ts";
import type { SoakFigures } from "./soak.ts";

/** What the bench measures, by part. */
export interface Parts {
  readonly costs: Costs;
  readonly streams: readonly StreamFigures[];
  readonly slowReaders: readonly SlowFigures[];
  readonly soaks: readonly SoakFigures[];
}

/** Where and when something was measured. */
export interface Origin {
  readonly date: string;
  readonly command: string;
  readonly processor: string;
  /** Name → release, of the runtimes and of the peers. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What was measured, as the README shows it; without the parts that nobody has measured. */
export type Figures = { readonly [Part in keyof Parts]?: Origin & { readonly figures: Parts[Part] } };

/** Where the figures are kept. */
const FIGURES_FILE: string = join(import.meta.dirname, "figures.json");

/**
 * Keeps what was measured for the README; of a part that was not measured, what there was.
 *
 * @param parts What was measured.
 * @param args The arguments of the command.
 * @param peers The releases of others.
 */
export function writeFigures(
  parts: Partial<Parts>,
  args: readonly string[],
  peers: Readonly<Record<string, string>>,
): void {
  const origin: Origin = {
    date: new Date().toISOString().slice(0, 10),
    command: ["pnpm bench:gateway", ...args].join(" "),
    processor: `${cpus().length} cores of ${cpus()[0]?.model ?? "an unknown processor"}`,
    versions: { ...runtimeVersions(), ...peers },
  };
  const measured = Object.entries(parts).map(([part, figures]) => [part, { ...origin, figures }]);
  const figures = { ...readFigures(), ...Object.fromEntries(measured) } as Figures;
  writeFileSync(FIGURES_FILE, `${JSON.stringify(figures, null, 2)}\n`);
}

const readFigures = (): Figures => JSON.parse(readFileSync(FIGURES_FILE, "utf8")) as Figures;

const runtimeVersions = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(RUNTIMES).map(([name, [program]]) => [name, releaseOf(program)]));
