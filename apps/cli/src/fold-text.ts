/** Where a long word may be broken: behind what divides the parts of a URL, an ARN or a list. */
const BREAK = /[/:,?&-]/;

/**
 * Breaks a text into lines of a width: at spaces, and behind a sign that divides the parts of a word that is too long.
 *
 * @param text One line.
 * @param width Characters that a line has at most.
 * @returns At least one line; put together, they are the text, but for spaces at their ends.
 */
export function foldText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const end = findBreak(rest, width);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/** The last place at which the first line may end; its width where there is none. */
function findBreak(text: string, width: number): number {
  const space = text.lastIndexOf(" ", width);
  // A short word before a long one stays with it.
  if (space > width / 2) return space;
  for (let end = width; end > width / 2; end--) {
    if (BREAK.test(text.charAt(end - 1))) return end;
  }
  return space > 0 ? space : width;
}
