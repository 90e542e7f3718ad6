import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Kept from run to run: to make a cluster takes more than ten times of what it takes to copy one. */
const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/postgres-clusters", import.meta.url));

/**
 * Puts an empty cluster where none is: a copy of the one that was made first.
 *
 * @param data The folder of the new cluster, which is not there yet.
 * @param initdb The program that makes one.
 * @param make Makes one in that folder. It belongs to whoever the server runs as, and so do its copies.
 */
export async function copyCluster(data: string, initdb: string, make: () => Promise<void>): Promise<void> {
  // Another version makes others.
  const version = createHash("sha256")
    .update(`${initdb} ${statSync(initdb).mtimeMs}`)
    .digest("hex")
    .slice(0, 16);
  const kept = join(CACHE, version);
  if (existsSync(kept)) {
    await copy(kept, data);
    return;
  }
  await make();
  await mkdir(CACHE, { recursive: true });
  const own = await mkdtemp(join(CACHE, "new-"));
  try {
    await copy(data, join(own, "data"));
    // Where another process was faster, its own is as good.
    await rename(join(own, "data"), kept).catch((error: unknown) => {
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** With owners and rights, which PostgreSQL is strict about. */
const copy = async (from: string, to: string): Promise<void> => void (await execute("cp", ["-a", from, to]));
