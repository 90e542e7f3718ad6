import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
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
      ...Object.fromEntries(Object.entries(PEERS).map(([name, packageName]) => [name, installedRelease(packageName)])),
      Node: process.versions.node,
      Bun: firstVersion("bun"),
      Deno: firstVersion("deno"),
    },
    rates,
  };
  writeFileSync(FIGURES_FILE, `${JSON.stringify(figures, null, 2)}\n`);
}

const firstVersion = (command: string): string =>
  /\d+\.\d+\.\d+/.exec(execFileSync(command, ["--version"], { encoding: "utf8" }))?.[0] ?? "unknown";

/** Reads the release of a package from where it is installed: not each exports its package.json. */
function installedRelease(name: string): string {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!folder.endsWith(name)) folder = dirname(folder);
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly version: string }).version;
}
