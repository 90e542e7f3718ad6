import { formatDependencies } from "./dependency-table.ts";
import { readDependencies } from "./read-dependencies.ts";

/** A page that is made from tables. */
export interface GeneratedDocument {
  /** From the root. */
  readonly path: string;
  /** Writes the page of a workspace. */
  readonly write: (root: string) => Promise<string>;
}

/** Every page that is made from tables. */
export const DOCUMENTS: readonly GeneratedDocument[] = [
  { path: "docs/dependencies.md", write: async (root) => formatDependencies(await readDependencies(root)) },
];
