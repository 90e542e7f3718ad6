/**
 * Takes the name of the package out of what is imported.
 *
 * @param specifier Such as `@scope/name/entry`.
 * @returns Such as `@scope/name`.
 */
export function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
