/**
 * Makes something when it is first asked for, and keeps it: of a long request few alternatives are tried.
 *
 * @param make Makes it.
 * @returns A function that gives it.
 */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * Makes the change of a path that is written when it is its turn.
 *
 * @param write Writes the path.
 * @returns What changes in the parts.
 */
export function pathChange(write: () => string): { readonly path: string } {
  const path = once(write);
  return {
    get path(): string {
      return path();
    },
  };
}
