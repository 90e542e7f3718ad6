import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LATEST_CLIENT_VERSION } from "../../../packages/endpoints/src/latest-client-version.ts";
import { parseClientCatalog } from "../../bump-clients/client-catalog.ts";
import { readMembers } from "../../shared/read-members.ts";
import { replaceSection } from "../../shared/replace-section.ts";
import { formatClients } from "./format-clients.ts";
import { formatPackages } from "./format-packages.ts";
import { formatRates } from "./format-rates.ts";
import { readFigures } from "./read-figures.ts";
import { COMMAND } from "./renew-readme.ts";

/**
 * Writes into the README of the workspace which packages there are, which clients were tried, and how fast the fake is.
 *
 * @param root The workspace.
 * @returns The README as it should be.
 * @throws {RangeError} A section for it is missing.
 */
export async function renewRootReadme(root: string): Promise<string> {
  const members = (await readMembers(root)).filter(({ manifest }) => manifest.private !== true);
  const catalog = parseClientCatalog(await readFile(join(root, "pnpm-workspace.yaml"), "utf8"));
  const sections = {
    packages: formatPackages(members),
    clients: formatClients(catalog, LATEST_CLIENT_VERSION),
    rates: formatRates(await readFigures(root), "default"),
  };
  return Object.entries(sections).reduce(
    (text, [name, content]) => replaceSection(text, { name, origin: COMMAND }, content),
    await readFile(join(root, "README.md"), "utf8"),
  );
}
