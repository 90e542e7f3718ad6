import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { type BudgetStore, createBudgetKeeper, isOwnRefusal, openBudgetStore } from "@claude-on-aws/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bound, caller } from "./support/callers.ts";
import { spawnWorker } from "./support/spawn-worker.ts";
import { describeStore } from "./support/store-contract.ts";
import { settleDown } from "./support/virtual-timing.ts";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const NO_SQLITE = major > 22 || (major === 22 && minor >= 13) ? "" : " (skipped: Node has it since 22.13)";

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "budgets-"))));
afterAll(async () => rm(folder, { recursive: true, force: true }));

describeStore("in a file of SQLite", NO_SQLITE, async () => {
  const own = await mkdtemp(join(tmpdir(), "budgets-"));
  let nowMs = 0;
  let files = 0;
  const next = async (): Promise<BudgetStore> =>
    openBudgetStore(`sqlite:${join(own, String(++files))}`, { nowMs: () => nowMs });
  let inner = await next();
  return {
    store: {
      isShared: false,
      take: async (request) => inner.take(request),
      settle: async (settlements) => inner.settle(settlements),
      renew: async (ids, lifetimeMs) => inner.renew(ids, lifetimeMs),
      read: async (charges) => inner.read(charges),
      close: async () => inner.close(),
    },
    setNow: async (ms) => void (nowMs = ms),
    empty: async () => {
      await inner.close();
      inner = await next();
    },
    close: async () => {
      await inner.close();
      await rm(own, { recursive: true, force: true });
    },
  };
});

describe.skipIf(NO_SQLITE !== "")(`a file of SQLite${NO_SQLITE}`, () => {
  const DAY = { key: "a", window: "day", limit: 10, amount: 3 } as const;
  const MINUTE = { key: "b", window: { seconds: 60 }, limit: 10, amount: 3 } as const;

  test("keeps sums over a restart; what was under way is spent, and rates come back", async () => {
    const name = `sqlite:${join(folder, "restart")}`;
    let nowMs = Date.parse("2026-11-30T12:00:00Z");
    const before = await openBudgetStore(name, { nowMs: () => nowMs });
    const take = async (store: BudgetStore, id: string) =>
      store.take({ id, charges: [DAY, MINUTE], lifetimeMs: 1_000 });
    await take(before, "settled");
    await before.settle([{ id: "settled", amounts: { a: 1, b: 1 }, isFinal: true }]);
    await take(before, "under way");
    await before.close();

    const after = await openBudgetStore(name, { nowMs: () => nowMs });
    const used = async (): Promise<number[]> => (await after.read([DAY, MINUTE])).states.map((state) => state.used);
    expect(await used()).toEqual([4, 4]);
    nowMs += 66_000;
    expect(await used()).toEqual([4, 0]);
    await after.settle([{ id: "under way", amounts: { a: 0 }, isFinal: true }]);
    expect(await used()).toEqual([4, 0]);
    await after.close();
  });

  test("belongs to one gateway", async () => {
    const name = `sqlite:${join(folder, "one")}`;
    const store = await openBudgetStore(name);
    await expect(openBudgetStore(name)).rejects.toMatchObject({
      code: "BUDGET_STORE_UNUSABLE",
      message: expect.stringContaining("one alone may have a file") as string,
    });
    await store.close();
    await (await openBudgetStore(name)).close();
  });

  test("that is none, or of a later version, is told and not touched", async () => {
    const broken = join(folder, "broken");
    await writeFile(broken, "x".repeat(10_000));
    await expect(openBudgetStore(`sqlite:${broken}`)).rejects.toMatchObject({ code: "BUDGET_STORE_UNUSABLE" });
    await expect(openBudgetStore(`sqlite:${join(folder, "no", "folder")}`)).rejects.toMatchObject({
      code: "BUDGET_STORE_UNUSABLE",
    });
    await expect(openBudgetStore("sqlite:")).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
    const { DatabaseSync } = await import("node:sqlite");
    const later = new DatabaseSync(join(folder, "later"));
    later.exec("pragma user_version = 1000");
    later.close();
    await expect(openBudgetStore(`sqlite:${join(folder, "later")}`)).rejects.toThrow(/version 1000/);
  });

  test("on a full disk admits nothing, and goes on where there is room again", async () => {
    const { DatabaseSync } = await import("node:sqlite");
    const { SqliteStore } = await import("../../src/budgets/store/sqlite/sqlite-store.ts");
    const database = new DatabaseSync(join(folder, "full"));
    database.exec("create table sums (key text primary key, window text, slots text, sums text) without rowid");
    database.exec("pragma max_page_count = 8");
    const store = new SqliteStore(database, () => Date.now());
    const settings = {
      caps: [{ name: "day", unit: "requests", amount: 1, window: "day", scope: "each-caller" }],
    } as const;
    const keeper = await createBudgetKeeper(settings, { store });
    const ask = async (name: string) =>
      keeper.reserve({ id: name, caller: caller(name), model: "m", bound: bound(1, 1, 1) });
    let refused: string | undefined;
    for (let count = 0; refused === undefined && count < 1_000; count += 1) {
      const answer = await ask(`caller ${count} ${"x".repeat(200)}`);
      if (isOwnRefusal(answer)) refused = answer.code;
    }
    expect(refused).toBe("BUDGET_STORE_UNREACHABLE");
    database.exec("pragma max_page_count = 100000");
    // What was given back is written first.
    await settleDown();
    await settleDown();
    expect(isOwnRefusal(await ask("later"))).toBe(false);
    await store.close();
  });

  test("has what was said to be taken after the process was killed", async () => {
    const file = join(folder, "killed");
    const child = spawnWorker("sqlite-worker.ts", file);
    const closed = once(child, "close");
    let said = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      said = Number(line);
      if (said === 50) child.kill("SIGKILL");
    }
    await closed;
    const store = await openBudgetStore(`sqlite:${file}`);
    const { states } = await store.read([{ key: "a", window: "month", limit: 1_000_000, amount: 0 }]);
    expect(said).toBeGreaterThanOrEqual(50);
    expect(states[0]?.used).toBeGreaterThanOrEqual(said);
    await store.close();
  });
});
