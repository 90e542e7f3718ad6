/** Standard base64 of a text of ASCII. */
export const encodeBase64 = (text: string): string => btoa(text);

/** The bytes of standard base64, one character each; `undefined` where it is none. */
export function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
