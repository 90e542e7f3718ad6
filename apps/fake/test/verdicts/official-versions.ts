import { readFileSync } from "node:fs";

/** The version of a client that is installed: the catalog `clients` pins it. */
export function installedVersion(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
