import { execFile, execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { chmod, chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { copyCluster } from "./postgres-template.ts";

/** A database server of a test's own. */
export interface TestedPostgres {
  /** An address of its one database, over a Unix socket or on loopback. */
  readonly address: string;
  /** Reads the ID of its first process, which started the others. */
  readonly pid: () => Promise<number>;
  /** Stops it as a crash does. */
  readonly stopAtOnce: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it, and removes all of it. */
  readonly close: () => Promise<void>;
}

const execute = promisify(execFile);
const BINARIES = ["initdb", "pg_ctl", "postgres"];

const hasBinaries = (folder: string): boolean => BINARIES.every((name) => existsSync(join(folder, name)));

/** The folder of Debian's binaries, or the one that `PG_BIN_PATH` names. */
function findBinaries(): string | undefined {
  const named = process.env["PG_BIN_PATH"];
  if (named !== undefined) return hasBinaries(named) ? named : undefined;
  return globSync("/usr/lib/postgresql/*/bin").toSorted().findLast(hasBinaries);
}

/** Who the server runs as: never root, which it refuses. */
function findUser(): { readonly name: string; readonly uid: number; readonly gid: number } | null | undefined {
  if (process.getuid?.() !== 0) return null;
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" })));
    return uid === undefined || gid === undefined ? undefined : { name: "postgres", uid, gid };
  } catch {
    return undefined;
  }
}

const BIN = process.platform === "linux" ? findBinaries() : undefined;
const USER = findUser();

/** Why tests with PostgreSQL do not run, for their titles; empty where they do. */
export const NO_POSTGRES: string =
  BIN === undefined
    ? " (skipped: no PostgreSQL in /usr/lib/postgresql/*/bin; PG_BIN_PATH names another folder)"
    : USER === undefined
      ? " (skipped: PostgreSQL does not run as root, and there is no user postgres)"
      : "";

/**
 * Starts a server on a cluster that is thrown away.
 *
 * @param options `port`: where it listens on loopback, for clients that know no Unix sockets.
 * @returns The server.
 */
export async function startPostgres({ port }: { readonly port?: number } = {}): Promise<TestedPostgres> {
  const bin = BIN ?? "";
  // Where others may look in: the user of the server is not always the one of the test.
  const folder = await mkdtemp(join(tmpdir(), "budgets-"));
  await chmod(folder, 0o755);
  if (USER !== null && USER !== undefined) await chown(folder, USER.uid, USER.gid);
  const data = join(folder, "data");
  const run = async (program: string, ...args: string[]): Promise<void> => {
    const command = [join(bin, program), ...args];
    const [file, ...rest] =
      USER === null || USER === undefined
        ? command
        : ["setpriv", `--reuid=${USER.uid}`, `--regid=${USER.gid}`, "--clear-groups", "--", ...command];
    await execute(file ?? "", rest, { cwd: folder, env: { PATH: process.env["PATH"], LC_ALL: "C" } });
  };
  const listening = port === undefined ? "-c listen_addresses=" : `-c listen_addresses=127.0.0.1 -p ${port}`;
  const options = `-k ${folder} ${listening} -c max_connections=100`;
  // The server keeps what it writes to open; its log is a file.
  const start = async (): Promise<void> =>
    run("pg_ctl", "-D", data, "-w", "-o", options, "-l", join(folder, "log"), "start");
  const stopAtOnce = async (): Promise<void> => run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
  await copyCluster(data, join(bin, "initdb"), async () =>
    run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"),
  );
  await start();
  return {
    address:
      port === undefined
        ? `postgres://test@localhost/postgres?host=${encodeURIComponent(folder)}`
        : `postgres://test@127.0.0.1:${port}/postgres`,
    pid: async () => Number.parseInt(await readFile(join(data, "postmaster.pid"), "utf8"), 10),
    stopAtOnce,
    start,
    close: async () => {
      await stopAtOnce();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
