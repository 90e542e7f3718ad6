/** What all names are called beyond those that there is room for. */
const OTHER = "other";

/**
 * Keeps a dimension of metrics small, whatever strangers send.
 *
 * @param most How many names keep their own.
 * @returns Gives a name as it is, or `other` where it is one too many.
 */
export function limitNames(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most) return OTHER;
    known.add(name);
    return name;
  };
}
