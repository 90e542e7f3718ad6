import type { BudgetStore, CapSettings, Charge } from "@claude-on-aws/gateway";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

/** A store whose clock a test sets. */
export interface TestedStore {
  readonly store: BudgetStore;
  readonly setNow: (ms: number) => Promise<void>;
  /** Forgets everything. */
  readonly empty: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const NOON = Date.parse("2026-11-30T12:00:00Z");
const LIFE = 600_000;
const charge = (key: string, amount: number, limit: number, window: CapSettings["window"] = "day"): Charge => ({
  key,
  amount,
  limit,
  window,
});
const MINUTE = { seconds: 60 };

/** What every store of budgets keeps to. */
export function describeStore(name: string, skipped: string, open: () => Promise<TestedStore>): void {
  describe.skipIf(skipped !== "")(`the store ${name}${skipped}`, () => {
    const opened = skipped === "" ? open() : undefined;
    const tested = async (): Promise<TestedStore> => {
      if (opened === undefined) throw new Error("skipped");
      return opened;
    };
    beforeEach(async () => {
      await (await tested()).empty();
      await (await tested()).setNow(NOON);
    });
    afterAll(async () => (await opened)?.close());

    const take = async (id: string, ...charges: Charge[]): Promise<boolean> =>
      (await (await tested()).store.take({ id, charges, lifetimeMs: LIFE })).isTaken;
    const used = async (...charges: Charge[]): Promise<number[]> =>
      (await (await tested()).store.read(charges)).states.map((state) => state.used);
    const at = async (text: string): Promise<void> => (await tested()).setNow(Date.parse(text));

    test("takes up to the limit, and not one more", async () => {
      expect(await take("1", charge("a", 60, 100))).toBe(true);
      expect(await take("2", charge("a", 41, 100))).toBe(false);
      expect(await take("3", charge("a", 40, 100))).toBe(true);
      expect(await take("4", charge("a", 1, 100))).toBe(false);
      expect(await take("5", charge("a", 0, 100))).toBe(true);
      expect(await used(charge("a", 0, 100))).toEqual([100]);
    });

    test("takes from all keys or from none, in any order", async () => {
      await take("1", charge("b", 10, 10));
      expect(await take("2", charge("a", 1, 10), charge("b", 1, 10))).toBe(false);
      expect(await take("3", charge("b", 1, 10), charge("a", 1, 10))).toBe(false);
      expect(await used(charge("b", 0, 10), charge("a", 0, 10), charge("c", 0, 10))).toEqual([10, 0, 0]);
    });

    test("takes once for one id, also where it would not fit again", async () => {
      expect(await take("1", charge("a", 60, 100))).toBe(true);
      expect(await take("1", charge("a", 60, 100))).toBe(true);
      expect(await used(charge("a", 0, 100))).toEqual([60]);
    });

    test("answers with what is used, and says when it ends", async () => {
      const { store } = await tested();
      const charges = [
        charge("a", 7, 10),
        charge("b", 7, 10, "week"),
        charge("c", 7, 10, "month"),
        charge("d", 7, 10, MINUTE),
      ];
      const answer = await store.take({ id: "1", charges, lifetimeMs: LIFE });
      expect(answer.nowMs).toBe(NOON);
      expect(answer.states.map((state) => state.used)).toEqual([7, 7, 7, 7]);
      expect(answer.states.map(({ resetsAtMs }) => new Date(resetsAtMs).toISOString())).toEqual([
        "2026-12-01T00:00:00.000Z",
        "2026-12-07T00:00:00.000Z",
        "2026-12-01T00:00:00.000Z",
        "2026-11-30T12:01:06.000Z",
      ]);
      expect(answer.states.map(({ usableUntilMs }) => new Date(usableUntilMs).toISOString())).toEqual([
        "2026-12-01T00:00:00.000Z",
        "2026-12-07T00:00:00.000Z",
        "2026-12-01T00:00:00.000Z",
        "2026-11-30T12:00:12.000Z",
      ]);
    });

    test.each<[CapSettings["window"], string, string, string]>([
      ["day", "2026-11-30T00:00:00Z", "2026-11-30T23:59:59.999Z", "2026-12-01T00:00:00Z"],
      ["week", "2026-11-30T00:00:00Z", "2026-12-06T23:59:59.999Z", "2026-12-07T00:00:00Z"],
      ["month", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59.999Z", "2024-03-01T00:00:00Z"],
    ])("a %s holds from %s to %s", async (window, begin, end, next) => {
      await at(begin);
      expect(await take("1", charge("a", 10, 10, window))).toBe(true);
      await at(end);
      expect(await take("2", charge("a", 1, 10, window))).toBe(false);
      await at(next);
      expect(await take("3", charge("a", 10, 10, window))).toBe(true);
      await at(end);
      expect(await take("4", charge("a", 1, 10, window))).toBe(false);
    });

    test("a rate holds over any span, and comes back", async () => {
      await at("2026-11-30T12:00:05.999Z");
      expect(await take("1", charge("a", 10, 10, MINUTE))).toBe(true);
      for (const moment of ["2026-11-30T12:00:06Z", "2026-11-30T12:00:59Z", "2026-11-30T12:01:05.998Z"]) {
        await at(moment);
        expect(await take(moment, charge("a", 1, 10, MINUTE))).toBe(false);
      }
      await at("2026-11-30T12:01:06Z");
      expect(await take("2", charge("a", 10, 10, MINUTE))).toBe(true);
    });

    test("a rate also holds where the clock is set back by its span", async () => {
      await take("1", charge("a", 10, 10, MINUTE));
      await at("2026-11-30T11:59:00Z");
      expect(await take("2", charge("a", 1, 10, MINUTE))).toBe(false);
      await at("2026-11-30T12:02:00Z");
      expect(await take("3", charge("a", 4, 10, MINUTE))).toBe(true);
      await at("2026-11-30T12:01:00Z");
      expect(await take("4", charge("a", 1, 10, MINUTE))).toBe(false);
    });

    test("what is taken in advance counts at once, and until the end of the next slot and a span", async () => {
      const { store } = await tested();
      const lease = { id: "1", charges: [charge("a", 10, 10, MINUTE)], lifetimeMs: LIFE, inAdvance: true };
      expect((await store.take(lease)).isTaken).toBe(true);
      expect(await take("2", charge("a", 1, 10, MINUTE))).toBe(false);
      await at("2026-11-30T12:01:11.999Z");
      expect(await take("3", charge("a", 1, 10, MINUTE))).toBe(false);
      await at("2026-11-30T12:01:12Z");
      expect(await take("4", charge("a", 10, 10, MINUTE))).toBe(true);
    });

    test("what was taken in advance is not to be used by who asks again, since it may count no longer", async () => {
      const { store } = await tested();
      const lease = { id: "1", charges: [charge("a", 10, 10, MINUTE)], lifetimeMs: LIFE, inAdvance: true };
      await store.take(lease);
      await at("2026-11-30T12:00:07Z");
      const again = await store.take(lease);
      expect([again.isTaken, again.states[0]?.usableUntilMs]).toEqual([true, again.nowMs]);
    });

    test("a settlement puts what was used in place, per key, and is over when it says so", async () => {
      const { store } = await tested();
      await take("1", charge("a", 50, 100), charge("b", 50, 100, MINUTE));
      await store.settle([{ id: "1", amounts: { a: 20 }, isFinal: false }]);
      expect(await used(charge("a", 0, 100), charge("b", 0, 100, MINUTE))).toEqual([20, 50]);
      await store.settle([{ id: "1", amounts: { a: 30, b: 5 }, isFinal: true }]);
      await store.settle([{ id: "1", amounts: { a: 0, b: 0 }, isFinal: true }]);
      expect(await used(charge("a", 0, 100), charge("b", 0, 100, MINUTE))).toEqual([30, 5]);
    });

    test("a settlement of more than was taken counts whole", async () => {
      const { store } = await tested();
      await take("1", charge("a", 50, 100));
      await store.settle([{ id: "1", amounts: { a: 500 }, isFinal: true }]);
      expect(await used(charge("a", 0, 100))).toEqual([500]);
      expect(await take("2", charge("a", 1, 100))).toBe(false);
    });

    test("what is given up goes back, also when it is taken afterwards", async () => {
      const { store } = await tested();
      await take("1", charge("a", 50, 100));
      await store.settle([
        { id: "1", amounts: null, isFinal: true },
        { id: "late", amounts: null, isFinal: true },
      ]);
      await take("late", charge("a", 50, 100));
      expect(await used(charge("a", 0, 100))).toEqual([0]);
    });

    test("settlements of many, known and unknown, in one statement", async () => {
      const { store } = await tested();
      const ids = Array.from({ length: 200 }, (_, index) => String(index));
      for (const id of ids) await take(id, charge("a", 10, 10_000), charge(`b${Number(id) % 3}`, 10, 10_000));
      await store.settle([...ids.toReversed(), "unknown"].map((id) => ({ id, amounts: { a: 1 }, isFinal: true })));
      expect(await used(charge("a", 0, 1), charge("b0", 0, 1), charge("b1", 0, 1))).toEqual([200, 670, 670]);
    });

    test("what expired stays counted, and cannot be settled; what is renewed can", async () => {
      const { store } = await tested();
      await take("1", charge("a", 10, 100));
      await take("2", charge("a", 10, 100));
      await at("2026-11-30T12:09:00Z");
      await store.renew(["2", "unknown"], LIFE);
      await at("2026-11-30T12:15:00Z");
      await take("3", charge("b", 1, 100));
      await store.settle(["1", "2"].map((id) => ({ id, amounts: { a: 0 }, isFinal: true })));
      expect(await used(charge("a", 0, 100))).toEqual([10]);
    });

    test("keys may hold anything", async () => {
      const keys = [
        '["a","usd","day",null]',
        "'; drop table x; --",
        "é ﷺ 🙂",
        "\\u0000",
        '"',
        "{a,b}",
        "NULL",
        "__proto__",
      ];
      expect(await take("'id\\", ...keys.map((key, index) => charge(key, index + 1, 100)))).toBe(true);
      expect(await used(...keys.map((key) => charge(key, 0, 100)))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test("amounts may be as large as numbers are exact", async () => {
      const most = Number.MAX_SAFE_INTEGER;
      expect(await take("1", charge("a", most - 1, most))).toBe(true);
      expect(await take("2", charge("a", 2, most))).toBe(false);
      expect(await take("3", charge("a", 1, most))).toBe(true);
    });

    test("many at once never take more than the limit", async () => {
      const { store } = await tested();
      const takes = Array.from({ length: 200 }, async (_, index) => {
        const charges = [charge("hot", 1, 50), charge(`own${index % 5}`, 1, 100, MINUTE)];
        return store.take({
          id: `r${index}`,
          charges: index % 2 === 0 ? charges : charges.toReversed(),
          lifetimeMs: LIFE,
        });
      });
      expect((await Promise.all(takes)).filter(({ isTaken }) => isTaken).length).toBe(50);
      const own = await used(...[0, 1, 2, 3, 4].map((index) => charge(`own${index}`, 0, 100, MINUTE)));
      expect(own.reduce((sum, each) => sum + each, 0)).toBe(50);
    });
  });
}
