import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** What an entry weighs in bundles with all that it depends on but AWS's own chain of credentials, in bytes with gzip. */
interface Weight {
  /** What is loaded with the entry. */
  readonly atOnce: number;
  /** The same with what is loaded at the first request that needs it, as a bundle in one file has it. */
  readonly whole: number;
}

async function measure(entry: string): Promise<Weight> {
  const bundle = (splitting: boolean) =>
    build({
      entryPoints: { entry: fileURLToPath(new URL(`../src/${entry}`, import.meta.url)) },
      bundle: true,
      splitting,
      format: "esm",
      minify: true,
      // A builtin module of Node would be an error.
      platform: "neutral",
      external: ["@aws-sdk/credential-providers"],
      outdir: "out",
      metafile: true,
      write: false,
    });
  const [split, single] = await Promise.all([bundle(true), bundle(false)]);
  const loaded = new Set(["out/entry.js"]);
  for (const path of loaded) {
    for (const { path: next, kind } of split.metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement") loaded.add(next);
    }
  }
  const atOnce = split.outputFiles.filter(({ path }) => [...loaded].some((name) => path.endsWith(name.slice(4))));
  return { atOnce: weigh(atOnce), whole: weigh(single.outputFiles) };
}

const weigh = (files: readonly { readonly contents: Uint8Array }[]): number =>
  files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);

describe("a bundle", () => {
  test.each([
    ["anthropic-aws/index.ts", 14_790, 18_600],
    ["create-fetch.ts", 31_620, 53_820],
    ["index.ts", 40_050, 61_770],
  ])("of %s is within %i bytes with gzip, and %i in one file", async (entry, atOnce, whole) => {
    const weight = await measure(entry);

    expect(weight.atOnce).toBeGreaterThan(1000);
    expect(weight.atOnce).toBeLessThanOrEqual(atOnce);
    expect(weight.whole).toBeLessThanOrEqual(whole);
  });
});
