/**
 * Says whether a text is what a pattern stands for, whatever the case of its letters.
 *
 * @param pattern As an operator writes it; a `*` stands for any characters, none too.
 * @param text The text.
 * @returns Whether it is. It takes time in proportion to the product of both lengths at most.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const given = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return given === first;
  if (!given.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = given.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return given.length - last.length >= at && given.endsWith(last);
}
