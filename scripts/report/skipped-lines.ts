const SKIPPED = /^skipped +(?<what>.+)$/gm;

/**
 * Finds what a step says that it left out: a line each, `skipped NAME: REASON`.
 *
 * @param output What the step printed.
 * @returns Name and reason of each.
 */
export function skippedLines(output: string): string[] {
  return [...output.matchAll(SKIPPED)].map(({ groups }) => groups?.["what"] ?? "");
}
