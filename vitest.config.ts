import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { currentRuntime } from "./scripts/shared/current-runtime.ts";
import { runsOn } from "./scripts/shared/test-runtimes.ts";
import { findOwnProcessReasons } from "./scripts/shared/own-process.ts";
import { TEST_FILES } from "./scripts/shared/test-files.ts";

// Tests start this project's own programs many times; what Node makes of their sources is kept for the next start.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/node-compile");

/** At full length, only what has one. */
const soak = process.env["SOAK"] === "1";

const texts = globSync(TEST_FILES, { cwd: import.meta.dirname })
  .filter((file) => runsOn(file, currentRuntime()))
  .map((file) => [file, readFileSync(`${import.meta.dirname}/${file}`, "utf8")] as const)
  .filter(
    ([file, text]) => !soak || /\bSOAK\b|\bsoak(?:Length|Property)\(/.test(text) || file === "scripts/runtime.test.ts",
  );
const inOwnProcess = texts.filter(([, text]) => findOwnProcessReasons(text).length > 0).map(([file]) => file);
const shared = texts.map(([file]) => file).filter((file) => !inOwnProcess.includes(file));

const config: ViteUserConfig = defineConfig({
  test: {
    // The sources as they are, by the import of the runtime: vite would only strip their types, and slow down each call from
    // module to module. A Node that strips no types leaves it to vite.
    experimental: { viteModuleRunner: process.features.typescript === false, nodeLoader: false },
    // Bun runs no forks (child.channel has no unref), Deno no threads (parentPort lacks removeAllListeners).
    pool: currentRuntime() === "bun" ? "threads" : "forks",
    // Tests on sockets and child processes wait more than they compute.
    maxWorkers: availableParallelism() + 1,
    // No test measures time: the limit is for what hangs, on the slowest machine.
    testTimeout: soak ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
    // A second, as it is by default, is what a browser takes for a key on a busy machine.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: "shared", include: shared, isolate: false } },
      { extends: true, test: { name: "own process", include: inOwnProcess } },
    ],
  },
});

export default config;
