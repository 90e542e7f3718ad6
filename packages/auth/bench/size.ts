/** Prints what the entries weigh, minified, tree-shaken and gzipped; see README.md. */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What is imported, and how many bytes it may weigh. */
const ROWS: readonly (readonly [names: string, entry: string, maxBytes: number | undefined])[] = [
  ["signRequest", "../src/sigv4/index.ts", 5 * 1024],
  ["signRequest, verifyRequest", "../src/sigv4/index.ts", 7 * 1024],
  ["authFetch", "../src/index.ts", undefined],
  ["diagnoseMismatch", "../src/diagnose/index.ts", undefined],
];

let fits = true;
for (const [names, entry, maxBytes] of ROWS) {
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
  const bytes = gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length;
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const limit = maxBytes === undefined ? "" : `, at most ${maxBytes}`;
  console.log(
    `${names.padEnd(28)} ${String(bytes).padStart(6)} bytes gzipped${limit}; imports ${outside.join(", ") || "nothing"}`,
  );
  if ((maxBytes !== undefined && bytes > maxBytes) || outside.length > 0) fits = false;
}
process.exitCode = fits ? 0 : 1;
