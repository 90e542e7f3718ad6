/** A client whose release changes. */
export interface ReleaseChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Lists what changes from one set of releases to another.
 *
 * @param before Package → release.
 * @param after The same packages.
 * @returns Those whose release differs, in the order given.
 */
export function listChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly ReleaseChange[] {
  return Object.entries(before).flatMap(([name, from]) => {
    const to = after[name] ?? from;
    return to === from ? [] : [{ name, from, to }];
  });
}

/** Writes changes as lines, below each other. */
export function formatChanges(changes: readonly ReleaseChange[]): readonly string[] {
  const columns = Math.max(...changes.map(({ name }) => name.length));
  return changes.map(({ name, from, to }) => `${name.padEnd(columns)}  ${from} → ${to}`);
}
