/**
 * Says in which line of a text an offset is.
 *
 * @param text The whole text.
 * @param offset In UTF-16 code units from its start.
 * @returns The number of the line, counted from 1.
 */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
