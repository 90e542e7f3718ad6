import { GatewayError } from "../../gateway-error.ts";
import type { BudgetStore, OpenStoreOptions } from "./budget-store.ts";
import { MemoryStore } from "./memory-store.ts";
import { openPostgresStore } from "./postgres/open-postgres-store.ts";
import { openSqliteStore } from "./sqlite/open-sqlite-store.ts";

const SQLITE = "sqlite:";

function startTimer(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}

/**
 * Opens the store of budgets that settings name.
 *
 * @param name `memory`, `sqlite:FILE`, or `postgres://…`.
 * @param options What it is opened with.
 * @returns The store. Whoever opens it closes it.
 * @throws {GatewayError} `SETTINGS_INVALID` where it names no store; `PEER_MISSING`, `RUNTIME_TOO_OLD` or `BUDGET_STORE_UNUSABLE`.
 */
export async function openBudgetStore(
  name: string,
  { nowMs = Date.now, after = startTimer }: OpenStoreOptions = {},
): Promise<BudgetStore> {
  if (name === "memory") return new MemoryStore({ nowMs });
  if (name.startsWith(SQLITE)) return openSqliteStore(name.slice(SQLITE.length), nowMs);
  if (/^postgres(?:ql)?:/.test(name)) return openPostgresStore(name, after);
  // A name may hold a password, so that no more of it is repeated than what it begins with.
  const scheme = /^[a-z]{1,20}:/.exec(name)?.[0] ?? "a name without a scheme";
  throw new GatewayError(
    "SETTINGS_INVALID",
    `Cannot open the store of the budgets: found ${scheme}, expected memory, sqlite:FILE or postgres://…`,
  );
}
