import { installedRelease, releaseOf } from "@claude-on-aws/fixtures/releases";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { ScenarioRates } from "./rates.ts";

/** What was measured, as READMEs show it. */
export interface Figures {
  readonly date: string;
  readonly rounds: number;
  readonly processor: string;
  /** Name → release, of the runtimes and of the peers. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rates: readonly ScenarioRates[];
}

/** Where the figures are kept. */
const FIGURES_FILE: string = join(import.meta.dirname, "figures.json");

/** The peers, by the packages that they are. */
const PEERS: Readonly<Record<string, string>> = { aimock: "@copilotkit/aimock", msw: "msw" };

/** Keeps figures for the READMEs, into which `pnpm write:documents` puts them. */
export function writeFigures(rates: readonly ScenarioRates[], rounds: number): void {
  const figures: Figures = {
    date: new Date().toISOString().slice(0, 10),
    rounds,
    processor: cpus()[0]?.model ?? "unknown",
    versions: {
      ...Object.fromEntries(
        Object.entries(PEERS).map(([name, packageName]) => [name, installedRelease(packageName, import.meta.url)]),
      ),
      Node: process.versions.node,
      Bun: releaseOf("bun"),
      Deno: releaseOf("deno"),
    },
    rates,
  };
  writeFileSync(FIGURES_FILE, `${JSON.stringify(figures, null, 2)}\n`);
}
