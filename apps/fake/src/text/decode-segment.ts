/**
 * Decodes a percent-encoded text.
 *
 * @returns The text as it was sent, where it cannot be decoded.
 */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
