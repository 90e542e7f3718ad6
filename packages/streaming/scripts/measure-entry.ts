import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What an entry of this package weighs in a bundle, with what it depends on. */
export interface EntrySize {
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
  /** Packages that went into the bundle, but for this one. */
  readonly packages: readonly string[];
}

/** Bundles an entry for any platform, so that a built-in module of Node would be an error. */
export async function measureEntry(entry: string): Promise<EntrySize> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}/index.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    minify: true,
    platform: "neutral",
    metafile: true,
    write: false,
  });
  const { contents } = outputFiles[0]!;
  const packages = Object.keys(metafile.inputs)
    .filter((path) => path.includes("node_modules/"))
    .map((path) => path.split("node_modules/").at(-1)!.split("/")[0]!);
  return {
    minifiedBytes: contents.length,
    gzipBytes: gzipSync(contents, { level: 9 }).length,
    packages: [...new Set(packages)],
  };
}
