/**
 * Compares the service of a scope with the signing names that are accepted.
 *
 * @param accepted One name, or several; left out, any will do.
 * @param found The name in the scope.
 * @returns The name that a refusal asks for, the first; `undefined` where the one that was found is accepted.
 */
export function wrongService(accepted: string | readonly string[] | undefined, found: string): string | undefined {
  if (accepted === undefined) return undefined;
  const names = typeof accepted === "string" ? [accepted] : accepted;
  return names.includes(found) ? undefined : names[0];
}
