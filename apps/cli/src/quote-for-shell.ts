/**
 * Writes a text as one word of a shell.
 *
 * @param text The text.
 * @returns The word, in quotes where it holds anything that a shell might read.
 */
export const quoteForShell = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
