const isHolder = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/**
 * Finds where two values of JSON differ.
 *
 * @param left One.
 * @param right The other.
 * @param path Where they stand.
 * @returns The members that only one has, or that are not the same in both, as `tools.0.name`; each with the side that has it.
 */
export function differingPaths(left: unknown, right: unknown, path = ""): readonly string[] {
  if (!isHolder(left) || !isHolder(right)) return Object.is(left, right) ? [] : [path];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((name) => differingPaths(left[name], right[name], path === "" ? name : `${path}.${name}`));
}
