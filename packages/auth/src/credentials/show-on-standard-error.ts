/**
 * Shows text on standard error, or on the console where there is none.
 *
 * @param text The text.
 */
export function showOnStandardError(text: string): void {
  if (typeof process === "object" && process.stderr !== undefined) process.stderr.write(text);
  else console.error(text);
}
