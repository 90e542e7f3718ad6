import { FakeError } from "../input/fake-error.ts";

/**
 * Refuses a list in which something occurs twice: which of the two was meant, nobody could tell.
 *
 * @param key Of the configuration.
 * @param names What may occur once, in the order of the list.
 * @throws {FakeError} `CONFIGURATION_VALUE` at the second.
 */
export function refuseRepeated(key: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) {
      throw new FakeError("CONFIGURATION_VALUE", {
        path: `${key}[${index}]`,
        found: `${JSON.stringify(name)} for the second time`,
        expected: "no two alike",
        fix: "leave one of them out",
      });
    }
    seen.add(name);
  }
}
