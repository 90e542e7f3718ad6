const URL_ALONE = /^https?:\/\/\S+$/;

/** A row of a table; what would end a cell is escaped. */
export const tableRow = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;

/** The head of a table. */
export const tableHead = (...cells: readonly string[]): string =>
  `${tableRow(...cells)}\n|${cells.map(() => "---").join("|")}|`;

/** Text as code, also where it holds backticks. */
export function code(text: string): string {
  if (!text.includes("`")) return `\`${text}\``;
  const fence = "`".repeat(Math.max(...(text.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  return `${fence} ${text} ${fence}`;
}

/** One point of a list: what it is called, and what is to be said. */
export const point = (label: string, text: string): string => `- **${label}:** ${text}`;

/** A source, as a link where it is the address of a page. */
export const source = (text: string): string => (URL_ALONE.test(text) ? `<${text}>` : text);
