/** So many answers are remembered: there are fewer models, but strangers may name more. */
const MAX_REMEMBERED = 64;

/** A longer name is asked for each time: what is remembered of strangers has to have an end. */
const LONGEST_NAME = 2048;

/**
 * Makes a function that asks another one once for each name.
 *
 * @param find What is asked; of the same name it says the same.
 * @returns The function.
 */
export function remember<Found>(find: (name: string) => Found): (name: string) => Found {
  const known = new Map<string, { readonly found: Found }>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before.found;
    const found = find(name);
    if (name.length > LONGEST_NAME) return found;
    // The oldest makes room: what is asked for often is soon there again.
    if (known.size >= MAX_REMEMBERED) known.delete(known.keys().next().value as string);
    known.set(name, { found });
    return found;
  };
}
