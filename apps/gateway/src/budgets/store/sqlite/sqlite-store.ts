import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { CapWindow } from "../../../settings/budget-settings.ts";
import type { BudgetStore, Charge, Settlement, StoreAnswer, TakeAnswer, TakeRequest } from "../budget-store.ts";
import { type KeySums, MemoryStore } from "../memory-store.ts";

interface Row {
  readonly key: string;
  readonly window: string;
  readonly slots: string;
  readonly sums: string;
}

/**
 * Keeps sums in memory and in a file of SQLite. What is taken is in the file before that is said; all that comes in one turn
 * is written by one transaction. Requests under way are not written: what a process held that died is spent, as it is when
 * they expire.
 */
export class SqliteStore implements BudgetStore {
  readonly isShared = false;
  readonly #database: DatabaseSync;
  readonly #memory: MemoryStore;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  /** Sums that are not in the file yet; undefined where they are to be removed from it. */
  #changed = new Map<string, KeySums | undefined>();
  #flushing: Promise<void> | undefined;

  /**
   * @param database Open, with the table `sums`.
   * @param nowMs Milliseconds since 1970.
   */
  constructor(database: DatabaseSync, nowMs: () => number) {
    this.#database = database;
    this.#memory = new MemoryStore({ nowMs, onChange: (key, sums) => void this.#changed.set(key, sums) });
    for (const row of database.prepare("select key, window, slots, sums from sums").all() as unknown as Row[]) {
      const of = { slots: JSON.parse(row.slots) as number[], sums: JSON.parse(row.sums) as number[] };
      this.#memory.restore(row.key, { window: JSON.parse(row.window) as CapWindow, of });
    }
    this.#put = database.prepare(
      "insert into sums (key, window, slots, sums) values (?, ?, ?, ?) on conflict (key) do update set slots = excluded.slots, sums = excluded.sums",
    );
    this.#remove = database.prepare("delete from sums where key = ?");
  }

  async take(request: TakeRequest): Promise<TakeAnswer> {
    const answer = this.#memory.takeNow(request);
    if (answer.isTaken) await this.#flush();
    return answer;
  }

  async settle(settlements: readonly Settlement[]): Promise<void> {
    for (const settlement of settlements) this.#memory.settleNow(settlement);
    await this.#flush();
  }

  async renew(ids: readonly string[], lifetimeMs: number): Promise<void> {
    await this.#memory.renew(ids, lifetimeMs);
  }

  async read(charges: readonly Charge[]): Promise<StoreAnswer> {
    return this.#memory.read(charges);
  }

  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      this.#database.close();
    }
  }

  async #flush(): Promise<void> {
    if (this.#changed.size === 0) return;
    this.#flushing ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.#flushing = undefined;
        try {
          this.#write();
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    await this.#flushing;
  }

  #write(): void {
    const changed = this.#changed;
    this.#database.exec("begin");
    try {
      for (const [key, sums] of changed) {
        if (sums === undefined) this.#remove.run(key);
        else
          this.#put.run(key, JSON.stringify(sums.window), JSON.stringify(sums.of.slots), JSON.stringify(sums.of.sums));
      }
      this.#database.exec("commit");
    } catch (error) {
      // A full disk ends the transaction by itself, other errors do not; what changed is written with the next.
      if (this.#database.isTransaction) this.#database.exec("rollback");
      throw error;
    }
    this.#changed = new Map();
  }
}
