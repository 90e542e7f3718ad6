/** The catalog of pnpm-workspace.yaml that pins the official clients and their parts. */
export const CLIENT_CATALOG = "clients";

/** A line of the catalog: a package, in quotes or without, and its release. */
const PIN = /^ {4}(?<quote>["']?)(?<name>[^"':\s]+)\k<quote>: (?<version>\S+)$/;

interface Pin {
  readonly line: number;
  readonly name: string;
  readonly version: string;
}

/**
 * Reads which releases are pinned.
 *
 * @param yaml Text of pnpm-workspace.yaml; only the block form of YAML is read, one package a line.
 * @returns Package → release.
 * @throws {RangeError} There is no such catalog, or it is empty.
 */
export function parseClientCatalog(yaml: string): Readonly<Record<string, string>> {
  return Object.fromEntries(findPins(yaml).map(({ name, version }) => [name, version]));
}

/**
 * Pins other releases. Everything else in the text stays as it is.
 *
 * @param yaml Text of pnpm-workspace.yaml.
 * @param releases Package → release; what the catalog does not have is passed over.
 * @returns The new text.
 * @throws {RangeError} There is no such catalog, or it is empty.
 */
export function pinReleases(yaml: string, releases: Readonly<Record<string, string>>): string {
  const lines = yaml.split("\n");
  for (const { line, name, version } of findPins(yaml)) {
    const text = lines[line] ?? "";
    lines[line] = `${text.slice(0, text.length - version.length)}${releases[name] ?? version}`;
  }
  return lines.join("\n");
}

function findPins(yaml: string): readonly Pin[] {
  const lines = yaml.split("\n");
  const start = lines.indexOf(`  ${CLIENT_CATALOG}:`, lines.indexOf("catalogs:"));
  const pins: Pin[] = [];
  for (const [offset, text] of start === -1 ? [] : lines.slice(start + 1).entries()) {
    if (/^\s*(?:#|$)/.test(text)) continue;
    const groups = PIN.exec(text)?.groups;
    if (groups === undefined) break;
    pins.push({ line: start + 1 + offset, name: groups["name"] ?? "", version: groups["version"] ?? "" });
  }
  if (pins.length === 0) {
    throw new RangeError(
      `Cannot read the catalog "${CLIENT_CATALOG}" of pnpm-workspace.yaml: expected it below "catalogs:", with lines such as \`    "@anthropic-ai/sdk": 1.14.0\``,
    );
  }
  return pins;
}
