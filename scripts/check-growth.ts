/** Measures on each runtime how the time of every public entry point grows with what it is given. */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { RUNTIME_STEPS } from "./report/steps.ts";
import { mapLimited } from "./shared/map-limited.ts";
import { pinnedPnpm } from "./shared/pinned-pnpm.ts";
import { runCommand } from "./shared/run-command.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const pnpm = await pinnedPnpm(ROOT);
/** What is measured is the time of a process on a processor: they need not wait for each other. */
const PARALLEL = 2;
const TEST = "apps/end-to-end/test/growth.test.ts";

await mapLimited(RUNTIME_STEPS, PARALLEL, async ({ runtime, script }) => {
  const { status, output, elapsedMs } = await runCommand([...pnpm, "--silent", "run", script, TEST], {
    folder: ROOT,
    environment: { ...process.env, GROWTH: "1" },
    timeLimitMs: 1_800_000,
  });
  console.log(`${runtime}: ${status === 0 ? "passed" : "failed"} (${(elapsedMs / 1000).toFixed(0)} s)`);
  if (status !== 0) {
    console.log(output.trim());
    process.exitCode = 1;
  }
});
