import type { ClientEnvironment } from "./client-environment.ts";

/**
 * Lays variables over an environment, in place.
 *
 * @param target Usually `process.env`.
 * @param variables What is set; `undefined` takes a variable away.
 * @returns Puts back what stood there before.
 */
export function applyEnvironment(target: Record<string, string | undefined>, variables: ClientEnvironment): () => void {
  const before = Object.keys(variables).map((name): [string, string | undefined] => [name, target[name]]);
  const assign = (pairs: readonly (readonly [string, string | undefined])[]): void => {
    for (const [name, value] of pairs) {
      // An environment turns `undefined` into a text.
      if (value === undefined) delete target[name];
      else target[name] = value;
    }
  };
  assign(Object.entries(variables));
  return () => assign(before);
}
