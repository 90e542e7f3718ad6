import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What a bundle weighs, and what it leaves to be imported. */
export interface BundleSize {
  readonly gzipBytes: number;
  readonly imports: readonly string[];
}

/** Exports whose weight the README gives, with their limit. */
export interface MeasuredExports {
  /** As they stand in an import. */
  readonly names: string;
  readonly entry: string;
  /** How many bytes they may weigh. */
  readonly maxBytes: number;
}

/** What is measured. */
export const MEASURED_EXPORTS: readonly MeasuredExports[] = [
  { names: "signRequest", entry: "../src/sigv4/index.ts", maxBytes: 4 * 1024 },
  { names: "signRequest, verifyRequest", entry: "../src/sigv4/index.ts", maxBytes: 7 * 1024 },
  { names: "authFetch", entry: "../src/index.ts", maxBytes: 7 * 1024 },
  { names: "diagnoseMismatch", entry: "../src/diagnose/index.ts", maxBytes: 18.5 * 1024 },
];

/** Bundles exports of an entry as a user's build would: minified, tree-shaken, without the libraries that are optional. */
export async function measureExports({ names, entry }: MeasuredExports): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${names} } from "${entry}";`, resolveDir: here, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    platform: "neutral",
    external: ["@aws-sdk/*", "@smithy/*", "aws4fetch", "node:*"],
    metafile: true,
    write: false,
  });
  return {
    gzipBytes: gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length,
    imports: Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)),
  };
}
