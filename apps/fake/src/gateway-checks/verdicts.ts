/** Thrown by a check whose demand is broken. */
export class DemandBroken extends Error {
  override name = "DemandBroken";
  readonly found: string;
  readonly expected: string;

  constructor(found: string, expected: string) {
    super(`Found ${found}, expected ${expected}`);
    this.found = found;
    this.expected = expected;
  }
}

/** Thrown by a check that this gateway cannot be asked. */
export class NotApplicable extends Error {
  override name = "NotApplicable";
}

/**
 * Demands something.
 *
 * @param isKept Whether it is so.
 * @param found What was seen, for whoever reads that it is not.
 * @param expected What should have been seen.
 * @throws {DemandBroken} Where it is not.
 */
export function expectThat(isKept: boolean, found: string, expected: string): asserts isKept {
  if (!isKept) throw new DemandBroken(found, expected);
}
