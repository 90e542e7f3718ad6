/** The version of a manifest, which stands at its top. */
const VERSION = /^(?<before>\s*"version":\s*)"[^"]*"/m;

/**
 * Gives a deno.json another version, and leaves the rest as it is written.
 *
 * @param text The deno.json.
 * @param version Such as `0.1.0`.
 * @throws {TypeError} Where it has no version.
 */
export function withVersion(text: string, version: string): string {
  if (!VERSION.test(text)) throw new TypeError('deno.json: expected a "version"');
  return text.replace(VERSION, (_, before: string) => `${before}${JSON.stringify(version)}`);
}
