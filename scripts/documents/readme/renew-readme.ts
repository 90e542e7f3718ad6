import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isModule, parseEntries, parsePrograms } from "../../packages/package-manifests.ts";
import { readJson } from "../../shared/read-json.ts";
import type { Manifest } from "../../shared/read-members.ts";
import { replaceSection } from "../../shared/replace-section.ts";
import { formatCosts } from "./format-costs.ts";
import { formatErrors } from "./format-errors.ts";
import { formatExports, type ReadmeEntry } from "./format-exports.ts";
import { formatGatewayFigures } from "./format-gateway-figures.ts";
import { formatInstall } from "./format-install.ts";
import { CONFIGURATION_SCHEMA } from "../../../apps/gateway/src/configuration/settings-reader.ts";
import { formatLimits } from "./format-limits.ts";
import { formatMetrics } from "./format-metrics.ts";
import { formatSettings } from "./format-settings.ts";
import { formatRecordedRuns } from "./format-recorded-runs.ts";
import { formatRates } from "./format-rates.ts";
import { printStatus } from "./print-status.ts";
import { readApi } from "./read-api.ts";
import { readCosts, readFigures, readGatewayFigures } from "./read-figures.ts";

type PublishedManifest = Manifest & { readonly engines: { readonly node: string } };

/** Which command writes the sections. */
export const COMMAND = "pnpm write:documents";

/** Sections that one package alone has. */
const OWN_SECTIONS: Readonly<Record<string, (root: string) => Promise<Readonly<Record<string, string>>>>> = {
  "apps/fake": async (root) => ({ rates: formatRates(await readFigures(root), "all") }),
  "apps/gateway": async (root) => ({
    settings: formatSettings(CONFIGURATION_SCHEMA),
    metrics: formatMetrics(),
    figures: formatGatewayFigures(await readGatewayFigures(root)),
  }),
  "packages/fetch": async (root) => ({
    recorded: formatRecordedRuns(),
    speed: formatCosts(await readCosts(root)),
  }),
  "packages/env": async () => ({ status: await printStatus() }),
};

/**
 * Writes into the README of a package how to install it, what it exports, and the codes of its errors.
 *
 * @param root The workspace.
 * @param folder Folder of the package, from there.
 * @returns The README as it should be.
 * @throws {RangeError} A section for it is missing.
 */
export async function renewReadme(root: string, folder: string): Promise<string> {
  const manifest = await readJson<PublishedManifest>(join(root, folder, "package.json"));
  const { name: jsrName } = await readJson<{ readonly name: string }>(join(root, folder, "deno.json"));
  const api = await readApi(root);
  const entries = parseEntries(manifest.exports)
    .filter(isModule)
    .map(({ subpath, files }): ReadmeEntry => ({
      specifier: `${manifest.name}${subpath.slice(1)}`,
      symbols: api.get(join(folder, files["default"] ?? "")) ?? [],
    }));
  const symbols = entries.flatMap((entry) => entry.symbols);
  const sections = {
    install: formatInstall({
      name: manifest.name,
      jsrName,
      isCommand: Object.keys(parsePrograms(manifest, manifest.bin)).length > 0,
      node: leastVersion(manifest.engines.node),
      typescript: await leastTypeScript(root),
      dependencies: Object.keys(manifest.dependencies ?? {}),
    }),
    exports: formatExports(entries),
    limits: formatLimits(symbols),
    errors: formatErrors(symbols),
    ...(await OWN_SECTIONS[folder]?.(root)),
  };
  return Object.entries(sections).reduce(
    (text, [name, content]) => (content === "" ? text : replaceSection(text, { name, origin: COMMAND }, content)),
    await readFile(join(root, folder, "README.md"), "utf8"),
  );
}

/** The version in a range such as `>=22.12`. */
const leastVersion = (range: string): string => range.replace(/^\D+/, "");

/** That with which the packed declarations are checked. */
async function leastTypeScript(root: string): Promise<string> {
  const { devDependencies } = await readJson<Manifest>(join(root, "package.json"));
  return /@(\d+\.\d+)\./.exec(devDependencies?.["typescript-least"] ?? "")?.[1] ?? "";
}
