/** Builds the static site of the documents, the READMEs and the reference of the packages: `dist-site/index.html`. */
import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readMembers } from "./shared/read-members.ts";
import { buildSite } from "./site/build-site.ts";
import { listApiEntries } from "./site/list-api-entries.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUTPUT = join(ROOT, "dist-site");

await rm(OUTPUT, { recursive: true, force: true });
const pages = await buildSite(ROOT, OUTPUT, { hasApi: true });
const entries = await listApiEntries(ROOT, await readMembers(ROOT));
const deno = join(ROOT, "node_modules/.bin/deno");
// Types of Node's that the reference does not show cannot be found without a network; deno warns and goes on.
const flags = ["doc", "--quiet", "--html", "--name=claude-on-aws", `--output=${join(OUTPUT, "api")}`, ...entries];
await promisify(execFile)(deno, flags, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
console.log(`${join(OUTPUT, "index.html")}: ${pages} pages, and the reference of ${entries.length} entries`);
