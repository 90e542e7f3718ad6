/**
 * Encodes a text as standard base64.
 *
 * @param text A text of ASCII.
 * @returns Its base64.
 */
export const encodeBase64 = (text: string): string => btoa(text);

/**
 * Decodes standard base64.
 *
 * @param text Any text.
 * @returns The bytes, one character each; `undefined` if the text is not base64.
 */
export function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
