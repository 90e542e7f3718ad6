import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";
import { firstSentence } from "./first-sentence.ts";
import type { ExportedSymbol } from "./read-api.ts";

/** An entry of a package. */
export interface ReadmeEntry {
  /** As one imports it, such as `@claude-on-aws/auth/sigv4`. */
  readonly specifier: string;
  readonly symbols: readonly ExportedSymbol[];
}

/** An entry, with what of it is listed. */
interface ListedEntry {
  readonly specifier: string;
  readonly values: readonly ExportedSymbol[];
}

/**
 * Writes what a package exports: a table for each entry, with the first sentence of each docstring. What several entries export
 * is listed once. Types and errors are left out: the former stand beside what takes and gives them, the latter have a section
 * of their own.
 *
 * @param entries The entries, the package itself first.
 * @returns Markdown.
 * @throws {TypeError} Something has no docstring.
 */
export function formatExports(entries: readonly ReadmeEntry[]): string {
  const [main, ...others] = entries.map(toListed);
  if (main === undefined) return "";
  // What is wholly in the main entry is there to load less: its exports are listed with it.
  const parts = others.filter((entry) => isWithin(entry, main));
  const homes = new Map<string, ListedEntry>();
  for (const entry of [...parts, main, ...others]) {
    for (const { place } of entry.values) if (!homes.has(place)) homes.set(place, entry);
  }
  return [main, ...others].map((entry) => formatEntry(entry, homes, parts)).join("\n\n");
}

const toListed = ({ specifier, symbols }: ReadmeEntry): ListedEntry => ({
  specifier,
  values: symbols.filter(({ isValue, codeType }) => isValue && codeType === undefined),
});

const isWithin = (inner: ListedEntry, outer: ListedEntry): boolean => {
  const places = new Set(outer.values.map(({ place }) => place));
  return inner.values.every(({ place }) => places.has(place));
};

function formatEntry(
  entry: ListedEntry,
  homes: ReadonlyMap<string, ListedEntry>,
  parts: readonly ListedEntry[],
): string {
  const { specifier, values } = entry;
  const own = values.filter(({ place }) => homes.get(place) === entry);
  const borrowed = Map.groupBy(
    values.filter((value) => !own.includes(value)),
    ({ place }) => homes.get(place) ?? entry,
  );
  const lists = [...borrowed].map(([from, names]) =>
    parts.includes(from)
      ? `all of ${code(from.specifier)}`
      : `of ${code(from.specifier)}: ${names.map(({ name }) => code(name)).join(", ")}`,
  );
  const rows = own.map((symbol) => tableRow(code(formatName(symbol)), firstSentence(symbol)));
  const table = rows.length === 0 ? [] : [[tableHead(code(specifier), ""), ...rows].join("\n")];
  const more =
    lists.length === 0 ? [] : [`${code(specifier)} ${rows.length === 0 ? "" : "also "}has ${lists.join("; ")}.`];
  return [...table, ...more].join("\n\n");
}

const formatName = ({ name, parameters }: ExportedSymbol): string =>
  parameters === undefined ? name : `${name}(${parameters.join(", ")})`;
