import type { DatabaseSync } from "node:sqlite";
import { GatewayError } from "../../../gateway-error.ts";
import { SqliteStore } from "./sqlite-store.ts";

/** The version of the table. */
const VERSION = 1;

/** What a file is opened with: nobody else may, and what was committed is on the disk. */
const PREPARE = `
pragma locking_mode = exclusive;
pragma journal_mode = wal;
pragma synchronous = full;
begin exclusive;
create table if not exists sums (key text primary key, window text not null, slots text not null, sums text not null) without rowid;
commit;
`;

/**
 * Opens the store of budgets of one gateway, which outlives it.
 *
 * @param file The file; it is made where it is not there.
 * @param nowMs Milliseconds since 1970.
 * @returns The store.
 * @throws {GatewayError} `RUNTIME_TOO_OLD` where the runtime has no `node:sqlite`; `BUDGET_STORE_UNUSABLE` where the file cannot be
 * opened, is open in another gateway, or was made by a later version.
 */
export async function openSqliteStore(file: string, nowMs: () => number): Promise<SqliteStore> {
  if (file === "") {
    throw new GatewayError(
      "SETTINGS_INVALID",
      "Cannot open the store of the budgets: found sqlite:, expected sqlite:FILE",
    );
  }
  const sqlite = await import("node:sqlite").catch((cause: unknown) => {
    throw new GatewayError(
      "RUNTIME_TOO_OLD",
      "Cannot open the store of the budgets in a file: this runtime has no node:sqlite; run the gateway on Node 22.13, on Bun or on Deno, or share a PostgreSQL",
      { cause },
    );
  });
  let database: DatabaseSync | undefined;
  try {
    database = new sqlite.DatabaseSync(file);
    const { user_version: version } = database.prepare("pragma user_version").get() as { user_version: number };
    if (version > VERSION) {
      throw new GatewayError(
        "BUDGET_STORE_UNUSABLE",
        `Cannot use the store of the budgets in ${file}: it has version ${version}, expected ${VERSION} at most; run the release of the gateway that made it, or give this one another file`,
      );
    }
    database.exec(PREPARE);
    database.exec(`pragma user_version = ${VERSION}`);
    return new SqliteStore(database, nowMs);
  } catch (cause) {
    database?.close();
    if (cause instanceof GatewayError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new GatewayError(
      "BUDGET_STORE_UNUSABLE",
      `Cannot open the store of the budgets in ${file}: ${said}; of all gateways one alone may have a file, many share a PostgreSQL`,
      { cause },
    );
  }
}
