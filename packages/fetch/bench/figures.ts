import { installedRelease, releaseOf } from "@claude-on-aws/fixtures/releases";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { PEERS } from "./peers.ts";
import { RUNTIMES } from "./runtimes.ts";

/** What something costs each client on a runtime. */
export interface Cost {
  readonly runtime: string;
  readonly title: string;
  /** Processor time, by the name of the client. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** What was measured, as the README shows it. */
export interface Figures {
  readonly date: string;
  readonly command: string;
  readonly processor: string;
  /** Name → release, of the runtimes and of the peers. */
  readonly versions: Readonly<Record<string, string>>;
  readonly costs: readonly Cost[];
}

/** Where the figures are kept. */
const FIGURES_FILE: string = join(import.meta.dirname, "figures.json");

/**
 * Keeps figures for the README, into which `pnpm write:documents` puts them.
 *
 * @param costs What was measured.
 * @param rounds Of how many rounds they are the medians.
 */
export function writeFigures(costs: readonly Cost[], rounds: number): void {
  const peers = Object.keys(PEERS).filter((name) => name.startsWith("@"));
  const figures: Figures = {
    date: new Date().toISOString().slice(0, 10),
    command: `pnpm --filter @claude-on-aws/fetch bench --rounds ${rounds} --write-figures`,
    processor: `${cpus().length} cores of ${cpus()[0]?.model ?? "an unknown processor"}`,
    versions: {
      ...Object.fromEntries(Object.entries(RUNTIMES).map(([name, [program]]) => [name, releaseOf(program)])),
      ...Object.fromEntries(peers.map((name) => [name, installedRelease(name, import.meta.url)])),
    },
    costs,
  };
  writeFileSync(FIGURES_FILE, `${JSON.stringify(figures, null, 2)}\n`);
}
