import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runCommand } from "../shared/run-command.ts";
import { freePort } from "./free-port.ts";

/** Where Debian puts the programs of each release. */
const DEBIAN = "/usr/lib/postgresql";

/** A throw-away cluster. */
export interface PostgresCluster {
  /** Of its one database. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts PostgreSQL with an empty database, on loopback, for as long as it is needed.
 *
 * @returns The cluster, in a folder of its own, which goes with it.
 * @throws Error where no PostgreSQL is installed, or it does not start.
 */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const programs = findPrograms();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  const data = join(folder, "data");
  // It does not run as root.
  const asPostgres = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
  const tool = (name: string, ...args: readonly string[]): Promise<unknown> =>
    run([...asPostgres, join(programs, name), ...args], "/");
  const server = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    if (asPostgres.length > 0) {
      const { output } = await run(["id", "-u", "postgres"], "/");
      await chown(folder, Number(output.trim()), -1);
    }
    await tool("initdb", "--auth=trust", "--username=postgres", "--no-sync", "-D", data);
    await tool("pg_ctl", "start", "--wait", "-D", data, "-l", join(folder, "log"), "-o", server);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    close: async () => {
      await tool("pg_ctl", "stop", "--wait", "--mode=immediate", "-D", data);
      await remove();
    },
  };
}

function findPrograms(): string {
  const releases = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((release) => join(DEBIAN, release, "bin")) : [];
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...releases];
  const found = folders.find((folder) => existsSync(join(folder, "initdb")));
  if (found === undefined) throw new Error("Cannot start PostgreSQL: found no initdb; install Debian's postgresql");
  return found;
}

async function run(command: readonly string[], folder: string): Promise<{ readonly output: string }> {
  const result = await runCommand(command, { folder, environment: process.env, timeLimitMs: 60_000 });
  if (result.status !== 0) throw new Error(`${command.join(" ")} ended with ${result.status}.\n${result.output}`);
  return result;
}
