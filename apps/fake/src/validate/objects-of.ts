import { isObject } from "@claude-on-aws/endpoints";

/** An object, and the path that leads to it. */
export type PlacedObject = readonly [path: string, found: Readonly<Record<string, unknown>>];

/**
 * Goes through the objects of a list of a client's. It passes over what is no object, and goes no deeper.
 *
 * @param path The path of the list.
 * @yields Each object with its path, such as `messages.0`.
 */
export function* objectsOf(path: string, list: unknown): Generator<PlacedObject> {
  if (!Array.isArray(list)) return;
  for (let index = 0; index < list.length; index++) {
    const found: unknown = list[index];
    if (isObject(found)) yield [`${path}.${index}`, found];
  }
}
