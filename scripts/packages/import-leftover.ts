import { dirname } from "node:path";
import { build, type Plugin } from "esbuild";

/** Numbers that are worked out, such as `64 * 1024`, are kept by esbuild; a table is longer. */
const MAX_LENGTH = 200;
/** What an import of a package leaves is that package's. */
const IMPORTS_AND_EXPORTS = /import[^;"(]*"[^"]*";|export\{[^}]*\};/g;

/**
 * Checks that what is not used of a module costs nobody anything: a bundler keeps a call at the top level of a module
 * whatever is imported from there, unless it is marked as pure.
 *
 * @param entry Path of the built module; the packages that it imports are not looked at.
 * @returns What is wrong.
 */
export async function checkLeftover(entry: string): Promise<string[]> {
  const leftover = await findLeftover(entry);
  if (leftover.length <= MAX_LENGTH) return [];
  return [
    `${entry}: an import that uses nothing of it leaves ${leftover.length} characters in a bundle, at most ${MAX_LENGTH} are ` +
      `expected. Mark calls and spreads at the top level with /* @__PURE__ */: ${leftover.slice(0, MAX_LENGTH)}…`,
  ];
}

async function findLeftover(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import ${JSON.stringify(entry)};`, resolveDir: dirname(entry) },
    bundle: true,
    // What is imported later is no cost of this import.
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "out",
    write: false,
    logLevel: "error",
    plugins: [KEEP_UNUSED_FILES],
  });
  const importer = outputFiles.find(({ path }) => path.endsWith("stdin.js"));
  return (importer?.text ?? "").replaceAll(IMPORTS_AND_EXPORTS, "").trim();
}

/** Without it, `sideEffects: false` in a package.json takes away the file before anybody looks into it. */
const KEEP_UNUSED_FILES: Plugin = {
  name: "keep unused files",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === KEEP_UNUSED_FILES) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: KEEP_UNUSED_FILES });
      return { ...found, sideEffects: true };
    });
  },
};
