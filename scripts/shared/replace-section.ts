/**
 * Renews a section of a Markdown text that is written by a script: what stands between two comments of HTML.
 *
 * @param text The whole text.
 * @param name The section, as its comments call it.
 * @param content Its new content.
 * @returns The whole text with the new content.
 * @throws {RangeError} The comments are not there, once each and in this order.
 */
export function replaceSection(text: string, name: string, content: string): string {
  const begin = `<!-- begin ${name}, from scripts/layers/layer-rules.ts -->`;
  const end = `<!-- end ${name} -->`;
  const [before = "", inside = "", ...furtherBegins] = text.split(begin);
  const [, after, ...furtherEnds] = inside.split(end);
  if (after === undefined || before.includes(end) || furtherBegins.length + furtherEnds.length > 0) {
    throw new RangeError(`Cannot write the section "${name}": expected "${begin}" once, and "${end}" once after it`);
  }
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
