import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";
import { firstSentence } from "./first-sentence.ts";
import type { ExportedProperty, ExportedSymbol } from "./read-api.ts";

/** Options that bound something: how much, how many, how long. */
const BOUNDS = /^max[A-Z]|(?:Ms|Seconds)$/;
/** What is no number is a clock, or follows from something else. */
const IS_BOUND = /^(?:\d|none)/;

/** An option with the interfaces that have it. */
interface Limit {
  readonly option: ExportedProperty;
  readonly interfaces: string[];
}

/**
 * Writes the limits of a package: each option that bounds something, with its default, as the docstrings say it.
 *
 * @param symbols What the package exports.
 * @returns Markdown: a table; empty where there are none.
 */
export function formatLimits(symbols: readonly ExportedSymbol[]): string {
  const limits = new Map<string, Limit>();
  for (const { name, properties } of new Map(symbols.map((symbol) => [symbol.place, symbol])).values()) {
    for (const option of properties) {
      if (!BOUNDS.test(option.name) || !IS_BOUND.test(option.default?.value ?? "")) continue;
      const key = `${option.name} ${option.default?.value}`;
      const limit = limits.get(key) ?? { option, interfaces: [] };
      limit.interfaces.push(name);
      limits.set(key, limit);
    }
  }
  const rows = [...limits.values()].map(({ option, interfaces }) =>
    tableRow(
      firstSentence(option),
      formatDefault(option),
      `${code(option.name)} of ${interfaces.map((name) => code(name)).join(", ")}`,
    ),
  );
  return rows.length === 0 ? "" : [tableHead("limit", "default", "option"), ...rows].join("\n");
}

function formatDefault({ name, default: standard }: ExportedProperty): string {
  const { value = "", note } = standard ?? {};
  if (!/^[\d_]+$/.test(value)) return value;
  const unit = UNITS.find(([ending]) => name.endsWith(ending));
  const shown = inUnits(Number(value.replaceAll("_", "")), unit?.[1] ?? []);
  return note === undefined ? shown : `${shown}: ${note}`;
}

type Unit = readonly [size: number, name: string];

/** In which units a number is shown, by how its name ends; the largest that divides it is taken. */
const UNITS: readonly (readonly [ending: string, units: readonly Unit[]])[] = [
  [
    "Bytes",
    [
      [2 ** 30, "GiB"],
      [2 ** 20, "MiB"],
      [2 ** 10, "KiB"],
      [1, "bytes"],
    ],
  ],
  [
    "Ms",
    [
      [3_600_000, "h"],
      [60_000, "min"],
      [1_000, "s"],
      [1, "ms"],
    ],
  ],
  [
    "Seconds",
    [
      [86_400, "days"],
      [3_600, "h"],
      [60, "min"],
      [1, "s"],
    ],
  ],
];

function inUnits(number: number, units: readonly Unit[]): string {
  const unit = units.find(([size]) => number > 0 && number % size === 0);
  return unit === undefined ? number.toLocaleString("en") : `${(number / unit[0]).toLocaleString("en")} ${unit[1]}`;
}
