/**
 * Says whether a path belongs to a place.
 *
 * @param path Such as `src/terms/fault.ts`.
 * @param place A folder with all that is in it, such as `src/terms/`, or a single path, such as `src/fake.ts`.
 */
export function isWithin(path: string, place: string): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}
