/** A percent-encoded text as it was meant; as it was sent where it cannot be read. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
