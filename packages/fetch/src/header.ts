/** A header: its name in lower case, and its value. */
export type Header = readonly [name: string, value: string];

/**
 * Puts headers into the place of those of the same name.
 *
 * @param headers Headers, a name once.
 * @param own What takes their place, or is added.
 * @returns The headers, a name once.
 */
export const withHeaders = (headers: readonly Header[], own: readonly Header[]): readonly Header[] =>
  own.length === 0 ? headers : [...new Map([...headers, ...own])];
