/**
 * Encodes an IP address as a certificate names it: 4 bytes, or 16.
 *
 * @param text Such as `127.0.0.1` or `::1`.
 * @returns Its bytes; `undefined` where it is not an IP address.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 | RFC 5280}, section 4.2.1.6
 */
export function encodeAddress(text: string): Uint8Array | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const bytes = text.split(".").map(Number);
    return bytes.every((byte) => byte <= 255) ? Uint8Array.from(bytes) : undefined;
  }
  if (!text.includes(":") || !URL.canParse(`http://[${text}]`)) return undefined;
  // What a URL makes of an address has neither leading zeros nor dots.
  const [before = "", after] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::", 2);
  const left = groups(before);
  const right = groups(after ?? "");
  const middle = Array.from({ length: 8 - left.length - right.length }, () => 0);
  return Uint8Array.from([...left, ...middle, ...right].flatMap((group) => [group >> 8, group & 0xff]));
}

const groups = (text: string): number[] =>
  text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
