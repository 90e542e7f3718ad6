import { matchesWildcards } from "@claude-on-aws/endpoints";

/**
 * Says whether a text is what a pattern stands for, whatever the case of its letters.
 *
 * @param pattern As an operator writes it; a `*` stands for any characters, none too.
 * @param text The text.
 * @returns Whether it is.
 */
export const matchesPattern = (pattern: string, text: string): boolean =>
  matchesWildcards(pattern.toLowerCase(), text.toLowerCase());
