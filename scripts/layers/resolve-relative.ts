import { posix } from "node:path";

/**
 * Resolves a relative import.
 *
 * @param path The file that imports, from the folder of its member.
 * @param specifier Such as `../a.ts`.
 * @returns What is imported, from the same folder; it begins with `../` where it is outside.
 */
export function resolveRelative(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier);
}
