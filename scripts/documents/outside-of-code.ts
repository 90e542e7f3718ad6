const FENCE = /^(?:```|~~~)/;

/**
 * Changes the lines of a Markdown text that are in no fenced block.
 *
 * @param markdown The text.
 * @param change Called with each of these lines, in order; gives what stands in its place.
 * @returns The text; fenced blocks are as they were.
 */
export function outsideOfCode(markdown: string, change: (line: string) => string): string {
  let inFence = false;
  return markdown
    .split("\n")
    .map((line) => {
      if (FENCE.test(line)) inFence = !inFence;
      return inFence || FENCE.test(line) ? line : change(line);
    })
    .join("\n");
}
