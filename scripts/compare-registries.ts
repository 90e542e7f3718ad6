/** Fails where npm or JSR lacks a version of this checkout: a release that went out by half. */
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findMissing, PUBLIC_REGISTRIES } from "./release/published-versions.ts";
import { readReleases } from "./release/read-releases.ts";

const USAGE = `Usage: node scripts/compare-registries.ts [--wait-minutes NUMBER]

  --wait-minutes NUMBER  how long to ask again, since a registry shows a version some time after it took it (default 0)`;

const { values } = parseArgs({
  options: { "wait-minutes": { type: "string", default: "0" }, help: { type: "boolean", default: false } },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const EVERY_MS = 30_000;
const until = Date.now() + Number(values["wait-minutes"]) * 60_000;

const releases = await readReleases(ROOT);
let missing = await findMissing(releases, PUBLIC_REGISTRIES);
while (missing.length > 0 && Date.now() < until) {
  await delay(EVERY_MS);
  missing = await findMissing(releases, PUBLIC_REGISTRIES);
}
for (const line of missing) console.error(line);
if (missing.length === 0) console.log(`npm and JSR have all ${releases.length} packages`);
process.exitCode = missing.length === 0 ? 0 : 1;
