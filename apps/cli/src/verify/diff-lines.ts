/** A line that both texts have, or one of them alone. */
export interface DiffLine {
  readonly kind: " " | "-" | "+";
  readonly line: string;
}

/**
 * The shortest way from one text to another, line by line.
 *
 * @param before The lines of the one.
 * @param after The lines of the other.
 * @returns The lines of both, each with the text that has it.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const longest =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
      (lengths[row] as Uint32Array)[column] = longest;
    }
  }
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    if (row < before.length && before[row] === after[column]) {
      lines.push({ kind: " ", line: before[row++] as string });
      column++;
    } else if (row < before.length && (column === after.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: "-", line: before[row++] as string });
    } else {
      lines.push({ kind: "+", line: after[column++] as string });
    }
  }
  return lines;
}
