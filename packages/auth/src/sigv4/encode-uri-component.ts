/**
 * Percent-encodes everything but the unreserved characters of RFC 3986, as SigV4 requires.
 *
 * @param text Any text; half a surrogate pair counts as U+FFFD.
 * @returns The encoded text.
 */
export function encodeUriComponent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
