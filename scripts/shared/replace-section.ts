/** A part of a Markdown text that a script writes: what stands between two comments of HTML. */
export interface WrittenSection {
  /** As its comments call it. */
  readonly name: string;
  /** What it is made from, or which command writes it, for whoever wants to change it. */
  readonly origin: string;
}

/**
 * Renews a section of a Markdown text that is written by a script.
 *
 * @param text The whole text.
 * @param section Which one.
 * @param content Its new content.
 * @returns The whole text with the new content.
 * @throws {RangeError} The comments are not there, once each and in this order.
 */
export function replaceSection(text: string, { name, origin }: WrittenSection, content: string): string {
  const begin = `<!-- begin ${name}, from ${origin} -->`;
  const end = `<!-- end ${name} -->`;
  const [before = "", inside = "", ...furtherBegins] = text.split(begin);
  const [, after, ...furtherEnds] = inside.split(end);
  if (after === undefined || before.includes(end) || furtherBegins.length + furtherEnds.length > 0) {
    throw new RangeError(`Cannot write the section "${name}": expected "${begin}" once, and "${end}" once after it`);
  }
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
