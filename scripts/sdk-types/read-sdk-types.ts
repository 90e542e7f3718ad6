import { readFileSync } from "node:fs";
import { parseDeclarations } from "./parse-declarations.ts";
import { TypeTable } from "./type-table.ts";

const MODULES = new URL("../../apps/fake/node_modules/", import.meta.url);

/**
 * Reads types of a package that the fake is tested with.
 *
 * @param folder Of the package, such as `@anthropic-ai/sdk/resources`.
 * @param files Below it; of two types with one name the one of the first file counts.
 */
export function readSdkTypes(folder: string, ...files: readonly string[]): TypeTable {
  return new TypeTable(
    ...files.map((file) => {
      const url = new URL(`${folder}/${file}`, MODULES);
      return parseDeclarations(readFileSync(url, "utf8"), file);
    }),
  );
}
