import { foldText } from "./fold-text.ts";

/** How wide a help text is, in characters. */
const WIDTH = 80;

/** Where the explanation of an option begins. */
const INDENT = 27;

/** An option as it is written, and what it does. */
export type OptionRow = readonly [option: string, does: string];

/**
 * Lays out options for a help text, 80 characters wide.
 *
 * @param rows The options in their order.
 * @returns Lines, without a line break at their end.
 */
export function formatOptions(rows: readonly OptionRow[]): string {
  return rows.flatMap(formatOption).join("\n");
}

function formatOption([option, does]: OptionRow): readonly string[] {
  const head = `  ${option}`;
  const [first = "", ...more] = foldText(does, WIDTH - INDENT);
  const rest = more.map((line) => `${" ".repeat(INDENT)}${line}`);
  // One that is long stands on a line of its own.
  return head.length > INDENT - 2
    ? [head, `${" ".repeat(INDENT)}${first}`, ...rest]
    : [`${head.padEnd(INDENT)}${first}`, ...rest];
}
