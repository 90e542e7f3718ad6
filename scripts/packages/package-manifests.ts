import type { Manifest } from "../shared/read-members.ts";

/** What the scripts read of a deno.json. */
export interface DenoManifest {
  readonly version?: string;
  readonly license?: string;
  readonly exports?: unknown;
}

/** The two manifests of a member. */
export interface PackageManifests {
  readonly manifest: Manifest;
  /** Undefined where there is no deno.json. */
  readonly denoManifest: DenoManifest | undefined;
}

/** An entry of a package, such as `./sigv4`, with the files that stand for it, by condition. */
export interface Entry {
  readonly subpath: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Whether an entry is code: a JSON file, such as a schema, has no declarations and is read as it is. */
export const isModule = ({ subpath }: Entry): boolean => !subpath.endsWith(".json");

/** Reads `exports` of a package.json or deno.json: a path, paths by subpath, or conditions by subpath. */
export function parseEntries(exports: unknown): Entry[] {
  if (typeof exports === "string") return [{ subpath: ".", files: { default: exports } }];
  if (typeof exports !== "object" || exports === null) return [];
  return Object.entries(exports).map(([subpath, target]) => ({
    subpath,
    files: typeof target === "string" ? { default: target } : (target as Record<string, string>),
  }));
}

/** Reads `bin` of a package.json: the paths of its programs. */
export function parsePrograms({ name }: Pick<Manifest, "name">, bin: unknown): Record<string, string> {
  if (typeof bin === "string") return { [name.slice(name.indexOf("/") + 1)]: bin };
  return (bin ?? {}) as Record<string, string>;
}
