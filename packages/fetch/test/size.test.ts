import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** What an entry weighs in a bundle with all that it depends on but AWS's own chain of credentials, in bytes with gzip. */
async function measure(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
    bundle: true,
    format: "esm",
    minify: true,
    // A builtin module of Node would be an error.
    platform: "neutral",
    external: ["@aws-sdk/credential-providers"],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

describe("a bundle", () => {
  test.each([
    ["anthropic-aws/index.ts", 14_300],
    ["create-fetch.ts", 47_600],
    ["index.ts", 55_000],
  ])("of %s is within %i bytes with gzip", async (entry, most) => {
    expect(await measure(entry)).toBeLessThanOrEqual(most);
  });
});
