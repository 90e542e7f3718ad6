import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["{packages,apps}/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts"],
    // Bun runs no forks (child.channel has no unref), Deno no threads (parentPort lacks removeAllListeners).
    pool: process.versions["bun"] ? "threads" : "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});

export default config;
