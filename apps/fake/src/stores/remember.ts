/**
 * Puts an entry at the end of a map that has a limit; the first one goes where there are too many.
 *
 * @param forgotten Told of the entry that went.
 */
export function remember<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  maxEntries: number,
  forgotten: (value: Value) => void = () => {},
): void {
  const [oldest] = map.size >= maxEntries ? map : [];
  if (oldest !== undefined) {
    map.delete(oldest[0]);
    forgotten(oldest[1]);
  }
  map.set(key, value);
}
