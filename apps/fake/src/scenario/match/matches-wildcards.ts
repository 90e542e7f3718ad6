/**
 * Tells whether a text fits a pattern in which `*` stands for any characters. Each part takes the first place that it
 * finds, which is enough.
 *
 * @returns `true` where the whole text fits.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
