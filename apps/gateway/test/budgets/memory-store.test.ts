import { expect, test } from "vitest";
import type { BudgetStore } from "@claude-on-aws/gateway";
import { MemoryStore } from "../../src/budgets/store/memory-store.ts";
import { describeStore } from "./support/store-contract.ts";

describeStore("in memory", "", async () => {
  let nowMs = 0;
  let inner = new MemoryStore({ nowMs: () => nowMs });
  const store: BudgetStore = {
    isShared: false,
    take: async (request) => inner.take(request),
    settle: async (settlements) => inner.settle(settlements),
    renew: async (ids, lifetimeMs) => inner.renew(ids, lifetimeMs),
    read: async (charges) => inner.read(charges),
    close: async () => inner.close(),
  };
  return {
    store,
    setNow: async (ms) => void (nowMs = ms),
    empty: async () => void (inner = new MemoryStore({ nowMs: () => nowMs })),
    close: async () => store.close(),
  };
});

const DAY = { window: "day", limit: 10, amount: 1 } as const;
const SECOND = { window: { seconds: 1 }, limit: 10, amount: 1 } as const;

test("keys are forgotten when nothing of them counts; beyond the limit nothing is taken", async () => {
  let nowMs = 1_000_000;
  const store = new MemoryStore({ nowMs: () => nowMs, maxKeys: 3 });
  const take = (id: string, key: string, of: typeof DAY | typeof SECOND) =>
    store.takeNow({ id, charges: [{ key, ...of }], lifetimeMs: 60_000 });
  take("1", "a", SECOND);
  take("2", "b", SECOND);
  take("3", "c", DAY);
  expect(() => take("4", "d", DAY)).toThrow(/at most 3 keys at once/);
  expect(take("5", "c", DAY).isTaken).toBe(true);
  nowMs += 4_000;
  expect(take("6", "d", DAY).isTaken).toBe(true);
  expect(store.size.keys).toBe(2);
});

test("requests under way are limited, and expire", () => {
  let nowMs = 1_000_000;
  const store = new MemoryStore({ nowMs: () => nowMs, maxReservations: 2 });
  const take = (id: string) => store.takeNow({ id, charges: [{ key: "a", ...DAY }], lifetimeMs: 60_000 });
  take("1");
  take("2");
  expect(() => take("3")).toThrow(/at most 2 requests under way at once/);
  nowMs += 60_000;
  expect(take("4").isTaken).toBe(true);
  expect(store.size.reservations).toBe(1);
});
