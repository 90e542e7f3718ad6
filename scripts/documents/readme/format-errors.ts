import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";
import type { ExportedSymbol } from "./read-api.ts";

/** A row of the table in the docstring of a union of codes. */
const ROW = /^\|\s*`(?<name>\w+)`\s*\|\s*(?<meaning>.+?)\s*\|$/gm;

/**
 * Writes the codes of the errors that a package throws.
 *
 * @param symbols What the package exports: each class that has a `code`, and the unions of its codes. Such a union says in a
 * table in its docstring what each code means.
 * @returns Markdown: a table for each class.
 * @throws {TypeError} A code has no row, or a row no code.
 */
export function formatErrors(symbols: readonly ExportedSymbol[]): string {
  const byName = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  const classes = [...byName.values()].filter(({ codeType }) => codeType !== undefined);
  return classes
    .map(({ name, codeType = "" }) => {
      const rows = codesOf(codeType, byName).map(([each, meaning]) => tableRow(code(each), meaning));
      return [tableHead(code(`${name}.code`), "when"), ...rows].join("\n");
    })
    .join("\n\n");
}

function codesOf(type: string, symbols: ReadonlyMap<string, ExportedSymbol>): readonly (readonly [string, string])[] {
  const { text = "", union = [] } = symbols.get(type) ?? {};
  const meanings = new Map(
    [...text.matchAll(ROW)].map(({ groups }) => [groups?.["name"] ?? "", groups?.["meaning"] ?? ""]),
  );
  const own = union.flatMap((member) => ("text" in member ? [member.text] : []));
  const missing = own.filter((name) => !meanings.has(name));
  const unknown = [...meanings.keys()].filter((name) => !own.includes(name));
  if (own.length + union.length === 0 || missing.length + unknown.length > 0) {
    const found = [...missing.map((name) => `no row for ${name}`), ...unknown.map((name) => `a row for ${name}`)];
    throw new TypeError(
      `Cannot list the codes of ${type}: found ${found.join(", ") || "no codes"}, expected a row of its docstring for each`,
    );
  }
  return union.flatMap((member) =>
    "type" in member ? codesOf(member.type, symbols) : [[member.text, meanings.get(member.text) ?? ""] as const],
  );
}
