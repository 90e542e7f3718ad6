import { fileURLToPath } from "node:url";
import { readMembers } from "../shared/read-members.ts";
import { CONFIGURATION_SCHEMA } from "../../apps/gateway/src/configuration/settings-reader.ts";
import { SCENARIO_SCHEMA } from "../../apps/fake/src/scenario/read/scenario-reader.ts";
import { formatClientVerdicts } from "./format-client-verdicts.ts";
import { formatDependencies } from "./dependency-table.ts";
import { formatDifferences } from "./format-differences.ts";
import { formatFaults } from "./format-faults.ts";
import { formatGatewayVerdicts } from "./format-gateway-verdicts.ts";
import { formatScenarios } from "./format-scenarios.ts";
import { readDependencies } from "./read-dependencies.ts";
import { renewReadme } from "./readme/renew-readme.ts";
import { renewRootReadme } from "./readme/renew-root-readme.ts";
import { askRefusals } from "./troubleshooting/ask-refusals.ts";
import { formatTroubleshooting } from "./troubleshooting/format-troubleshooting.ts";
import { CHINESE, ENGLISH, type Language } from "./troubleshooting/language.ts";

/** A page, or a schema, that is made from tables. */
export interface GeneratedDocument {
  /** From the root. */
  readonly path: string;
  /** Writes the page of a workspace. */
  readonly write: (root: string) => string | Promise<string>;
}

/** Asked once for both languages. */
let refusals: ReturnType<typeof askRefusals> | undefined;
const troubleshooting = async (language: Language): Promise<string> =>
  formatTroubleshooting(await (refusals ??= askRefusals()), language);

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const published = (await readMembers(ROOT)).filter(({ manifest }) => manifest.private !== true);

/** Every page that is made from tables, as a whole or in sections. */
export const DOCUMENTS: readonly GeneratedDocument[] = [
  { path: "docs/client-verdicts.md", write: formatClientVerdicts },
  { path: "docs/dependencies.md", write: async (root) => formatDependencies(await readDependencies(root)) },
  {
    path: "apps/gateway/configuration.schema.json",
    write: () => `${JSON.stringify(CONFIGURATION_SCHEMA, null, 2)}\n`,
  },
  { path: "apps/fake/scenario.schema.json", write: () => `${JSON.stringify(SCENARIO_SCHEMA, null, 2)}\n` },
  { path: "docs/differences.md", write: formatDifferences },
  { path: "docs/faults.md", write: formatFaults },
  { path: "docs/gateways.md", write: formatGatewayVerdicts },
  { path: "docs/scenarios.md", write: formatScenarios },
  { path: "docs/troubleshooting.md", write: () => troubleshooting(ENGLISH) },
  { path: "docs/troubleshooting.zh.md", write: () => troubleshooting(CHINESE) },
  { path: "README.md", write: renewRootReadme },
  ...published.map(({ folder }) => ({
    path: `${folder}/README.md`,
    write: (root: string) => renewReadme(root, folder),
  })),
];
