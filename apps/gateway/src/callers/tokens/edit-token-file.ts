import { randomUUID } from "node:crypto";
import { chmod, chown, type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { GatewayError } from "../../gateway-error.ts";
import { formatTokenFile } from "./parse-token-file.ts";
import { readTokenFile } from "./read-token-file.ts";
import type { TokenRecord } from "./token-record.ts";

/** How often a file that another program is writing is tried again, and how long is waited before each time: five seconds in all. */
const LOCK_TRIES = 100;
const LOCK_WAIT_MS = 50;

/** For its owner alone. */
const PRIVATE = 0o600;

/** What {@link editTokenFile} takes. */
export interface EditTokenFileOptions {
  /**
   * Waits between two tries to write a file that another program is writing.
   *
   * @default {50 ms, a hundred times}
   */
  readonly wait?: ((tries: number) => Promise<void>) | undefined;
}

/**
 * Changes a file of tokens. Whoever reads it sees it before the change or after it; two programs that change it at once do so one after
 * the other, and none loses what the other did. It is made where it is not there, for its owner alone.
 *
 * @param path The file.
 * @param change Gives the records that it is to hold, and a result.
 * @returns The result.
 * @throws {GatewayError} `TOKENS_UNUSABLE` where it is damaged, and is left as it is, or cannot be written; `TOKENS_LOCKED` where another
 * program does not get done with it; and what `change` throws.
 */
export async function editTokenFile<Result>(
  path: string,
  change: (records: readonly TokenRecord[]) => { readonly records: readonly TokenRecord[]; readonly result: Result },
  { wait = () => sleep(LOCK_WAIT_MS) }: EditTokenFileOptions = {},
): Promise<Result> {
  // A link stays a link, and everybody who changes what it leads to waits for the same lock.
  const target = await realpath(path).catch(() => path);
  const lock = `${target}.lock`;
  await takeLock(lock, wait);
  try {
    const { records, result } = change(await readOrNone(target));
    await replace(target, formatTokenFile(records));
    return result;
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(lock: string, wait: (tries: number) => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await (await open(lock, "wx", PRIVATE)).close();
      return;
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") throw unwritable(lock, cause);
    }
    if (tries >= LOCK_TRIES) {
      throw new GatewayError(
        "TOKENS_LOCKED",
        `Cannot change the tokens: another program is writing them, as ${lock} says; where none is, one was ended before it was done: remove that file`,
      );
    }
    await wait(tries);
  }
}

async function readOrNone(path: string): Promise<readonly TokenRecord[]> {
  try {
    return await readTokenFile(path);
  } catch (error) {
    if (error instanceof GatewayError && codeOf(error.cause) === "ENOENT") return [];
    throw error;
  }
}

/** Writes it under another name beside it first, all the way to the disk: what is there is whole, whenever the power fails. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const before = await stat(path).catch(() => undefined);
    await write(await open(temporary, "wx", PRIVATE), text);
    if (before !== undefined) await keepOwner(temporary, before);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw unwritable(path, cause);
  }
}

async function write(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The gateway may run as another user than the one who makes tokens: it could not read its file any more. */
async function keepOwner(
  path: string,
  before: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<void> {
  const found = await stat(path);
  if (found.uid !== before.uid || found.gid !== before.gid) await chown(path, before.uid, before.gid);
  if ((found.mode & 0o777) !== (before.mode & 0o777)) await chmod(path, before.mode & 0o777);
}

const codeOf = (error: unknown): string | undefined => (error as { readonly code?: string } | undefined)?.code;

const unwritable = (path: string, cause: unknown): GatewayError =>
  new GatewayError("TOKENS_UNUSABLE", `Cannot write the tokens to ${path}: ${(cause as Error).message}`, { cause });
