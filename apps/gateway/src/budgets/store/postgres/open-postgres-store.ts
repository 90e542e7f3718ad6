import type { Sql } from "postgres";
import { GatewayError } from "../../../gateway-error.ts";
import { peerMissing } from "../../../peer-missing.ts";
import type { OpenStoreOptions } from "../budget-store.ts";
import { prepareSchema } from "./prepare-schema.ts";
import { PostgresStore } from "./postgres-store.ts";

const DEFAULT_CONNECTIONS = 10;
/** A connection that is not made within so many seconds is given up. */
const CONNECT_TIMEOUT_SECONDS = 5;
/** Seconds until a broken connection is made again. */
const RECONNECT_SECONDS = 0.1;
/** No statement of the store takes as long, unless it waits for a lock that nobody gives back. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** A database that took a connection, and does not say within so long what is in it, is given up. */
const START_TIMEOUT_MS = 15_000;

/**
 * Opens the store of budgets that many gateways share. It makes its schema, where it is not there.
 *
 * @param address Such as `postgres://user:password@host:5432/database`. `?host=/folder` is the folder of a Unix socket, `?max=10` how
 * many connections there are at most, `?prepare=false` for a pooler that keeps no prepared statements; it has
 * to pass over `statement_timeout` and `default_transaction_isolation`, as PgBouncer does with `ignore_startup_parameters`.
 * @param after Calls a function after some milliseconds, and returns what takes that back.
 * @returns The store.
 * @throws {GatewayError} `SETTINGS_INVALID`, `PEER_MISSING`, `BUDGET_STORE_UNUSABLE`
 */
export async function openPostgresStore(
  address: string,
  after: NonNullable<OpenStoreOptions["after"]>,
): Promise<PostgresStore> {
  const { url, host, max } = splitAddress(address);
  const { default: postgres } = await import("postgres").catch(peerMissing("postgres"));
  const connect = (): Sql =>
    postgres(url, {
      ...(host === null ? {} : { host }),
      max,
      connect_timeout: CONNECT_TIMEOUT_SECONDS,
      backoff: () => RECONNECT_SECONDS,
      fetch_types: false,
      onnotice: () => {},
      connection: {
        application_name: "claude-on-aws-gateway",
        statement_timeout: STATEMENT_TIMEOUT_MS,
        // The statements see what others did while they waited for them; elsewhere all but one of those fail.
        default_transaction_isolation: "read committed",
      },
    });
  const sql = connect();
  try {
    await withinStart(prepareSchema(sql), after);
  } catch (cause) {
    await sql.end({ timeout: 0 });
    if (cause instanceof GatewayError) throw cause;
    // The address holds a password; what the database says of itself does not.
    throw new GatewayError(
      "BUDGET_STORE_UNUSABLE",
      `Cannot open the store of the budgets in PostgreSQL: ${cause instanceof Error ? cause.message : String(cause)}; look whether the database of the address runs, and may be written to`,
      { cause },
    );
  }
  return new PostgresStore(connect, sql);
}

/** Waits for what is done at the start, but not for ever. */
async function withinStart(starting: Promise<void>, after: NonNullable<OpenStoreOptions["after"]>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = after(START_TIMEOUT_MS, () =>
    reject(new Error(`it did not answer within ${START_TIMEOUT_MS / 1_000} seconds`)),
  );
  try {
    await Promise.race([starting, late]);
  } finally {
    cancel();
  }
}

/** Takes out of an address what the client does not read in it, or reads as a text. */
function splitAddress(address: string): { url: string; host: string | null; max: number } {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new GatewayError(
      "SETTINGS_INVALID",
      "Cannot open the store of the budgets: its address is no URL; expected postgres://user:password@host:5432/database, with what is special in a password percent-encoded",
    );
  }
  const host = url.searchParams.get("host");
  const max = Number(url.searchParams.get("max") ?? DEFAULT_CONNECTIONS);
  if (!Number.isInteger(max) || max < 1) {
    throw new GatewayError(
      "SETTINGS_INVALID",
      `Cannot open the store of the budgets: its address says max=${url.searchParams.get("max")}; expected how many connections there are at most`,
    );
  }
  url.searchParams.delete("host");
  url.searchParams.delete("max");
  return { url: url.href, host, max };
}
