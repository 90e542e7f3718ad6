// Runs in a folder where the packed packages, esbuild and miniflare are installed.
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { deepEqual } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { answerQuestions } from "./answer-questions.ts";

const WORKER = `
  import { answerQuestions } from "./answer-questions.ts";
  export default { fetch: async () => Response.json(await answerQuestions()) };
`;
const PACKAGES = ["auth", "auth/sigv4", "auth/diagnose", "bedrock", "endpoints", "env", "fetch", "models", "streaming"];

const expected = JSON.parse(JSON.stringify(await answerQuestions()));
for (const platform of ["neutral", "browser"]) {
  const worker = new Miniflare({
    modules: true,
    script: await bundle(WORKER, platform),
    compatibilityDate: "2026-07-01",
  });
  try {
    const response = await worker.dispatchFetch("http://worker.example.com/");
    deepEqual(await response.json(), expected);
  } finally {
    await worker.dispose();
  }
}
const sizes = [];
for (const entry of PACKAGES) {
  const text = await bundle(`export * from "@claude-on-aws/${entry}";`, "neutral");
  sizes.push(`${entry} ${(gzipSync(text).length / 1024).toFixed(1)}`);
}
console.log(`whole packages in KB, minified and gzipped: ${sizes.join(", ")}`);

async function bundle(contents, platform) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    format: "esm",
    minify: true,
    platform,
    // AWS's own chain is installed here for other examples; it is no code for workers.
    external: ["@aws-sdk/credential-providers"],
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].text;
}
