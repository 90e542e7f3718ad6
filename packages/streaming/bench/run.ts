import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

// One after the other: each has the machine for itself.
for (const [command, ...flags] of [["node"], ["bun"], ["deno", "run", "-A"]] as const) {
  const { error, status } = spawnSync(command, [...flags, MAIN], { stdio: ["ignore", "inherit", "inherit"] });
  if (error) console.log(`\n## ${command} was not found`);
  else if (status !== 0) process.exitCode = 1;
}
