import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { NEWEST_RELEASE } from "../claude-code/known-releases.ts";
import { mapLimited } from "../shared/map-limited.ts";
import { pinnedPnpm } from "../shared/pinned-pnpm.ts";
import { askReleases } from "./ask-releases.ts";
import { CLIENT_CATALOG, parseClientCatalog, pinReleases } from "./client-catalog.ts";
import { formatChanges, listChanges } from "./list-changes.ts";
import { pickRelease } from "./pick-release.ts";

const HELP = `Pins the newest official clients that the tests run, and learns the newest Claude Code.

pnpm bump-clients [--dry-run]

  --dry-run   say what would change, and change nothing
  --help      print this

The clients are those of the catalog "${CLIENT_CATALOG}" in pnpm-workspace.yaml. A release has to be out for a day. A newer
release of Claude Code is run and learnt as by pnpm claude-code --client-version X.Y.Z.
Exit status: 0 all is as the tables say, 1 something is not, 2 wrong usage.`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORKSPACE_FILE = fileURLToPath(new URL("../../pnpm-workspace.yaml", import.meta.url));
const CLAUDE_CODE = "@anthropic-ai/claude-code";
const PARALLEL = 4;

const flags = readFlags();
if (flags === undefined) process.exitCode = 2;
else if (flags.help) console.log(HELP);
else process.exitCode = await bump(flags["dry-run"]);

async function bump(isDry: boolean): Promise<number> {
  const yaml = await readFile(WORKSPACE_FILE, "utf8");
  const pinned = { ...parseClientCatalog(yaml), [CLAUDE_CODE]: NEWEST_RELEASE };
  const newest = await askNewest(pinned);
  if (newest === undefined) return 1;
  const changes = listChanges(pinned, newest);
  console.log(changes.length === 0 ? "Every client is the newest" : formatChanges(changes).join("\n"));
  if (isDry) return 0;
  if (changes.some(({ name }) => name !== CLAUDE_CODE)) {
    await writeFile(WORKSPACE_FILE, pinReleases(yaml, newest));
    const pnpm = await pinnedPnpm(ROOT);
    if (!runHere([...pnpm, "install", "--no-frozen-lockfile"])) return 1;
    // The SDKs for Bedrock and for Claude Platform share Anthropic's own: with two of it, no error is an instance of another's.
    if (!runHere([...pnpm, "dedupe"])) return 1;
    console.log("Now run the tests: what a client sends or takes may have changed.");
  }
  const release = changes.find(({ name }) => name === CLAUDE_CODE)?.to;
  if (release === undefined) return 0;
  return runHere(["bun", "scripts/claude-code/run.ts", "--client-version", release]) ? 0 : 1;
}

/** Package → the release to pin; `undefined` where the registry did not say. */
async function askNewest(
  pinned: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>> | undefined> {
  const now = Date.now();
  try {
    const rows = await mapLimited(Object.entries(pinned), PARALLEL, async ([name, version]) => {
      const releases = await askReleases(name, { folder: tmpdir(), environment: process.env });
      return [name, pickRelease(version, releases, now)] as const;
    });
    return Object.fromEntries(rows);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

/** Runs a command at the root; what it prints is seen as it comes. */
function runHere([program = "", ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { cwd: ROOT, stdio: "inherit" }).status === 0;
}

function readFlags(): { readonly help: boolean; readonly "dry-run": boolean } | undefined {
  const options = {
    help: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
  } as const;
  try {
    // pnpm hands its own separator on.
    return parseArgs({ args: process.argv.slice(2).filter((arg, at) => at > 0 || arg !== "--"), options }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\nSee --help.`);
    return undefined;
  }
}
