/**
 * Finds files that import each other in a circle.
 *
 * @param imports For each file the files that it imports.
 * @returns One circle for each import that closes one, its first file named again at the end.
 */
export function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];

  const visit = (file: string): void => {
    const start = path.indexOf(file);
    if (start !== -1) {
      cycles.push([...path.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const next of imports.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };

  for (const file of imports.keys()) visit(file);
  return cycles;
}
