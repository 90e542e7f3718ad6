import {
  type BudgetKeeper,
  type BudgetSettings,
  type BudgetStore,
  type CapSettings,
  createBudgetKeeper,
  isOwnRefusal,
  NO_USAGE,
  openBudgetStore,
  type OwnRefusal,
  type Reservation,
} from "@claude-on-aws/gateway";
import { describe, expect, test } from "vitest";
import { bound, caller, usage } from "./support/callers.ts";
import { createVirtualTiming, settleDown } from "./support/virtual-timing.ts";

const ANN = caller("ann", ["team"]);
const BOB = caller("bob", ["team"]);
const CARL = caller("carl");
const START = Date.parse("2026-11-30T12:00:00Z");
const cap = (settings: Partial<CapSettings>): CapSettings => ({
  name: "cap",
  unit: "requests",
  amount: 2,
  window: "day",
  scope: "everybody",
  ...settings,
});

interface World {
  readonly keeper: BudgetKeeper;
  readonly ask: (id: string, who?: typeof ANN, of?: ReturnType<typeof bound>) => Promise<Reservation | OwnRefusal>;
  nowMs: number;
}

async function world(caps: readonly CapSettings[], more: Partial<BudgetSettings> = {}): Promise<World> {
  const at = { nowMs: START };
  const store = await openBudgetStore("memory", { nowMs: () => at.nowMs });
  const keeper = await createBudgetKeeper({ caps, ...more }, { store });
  return Object.assign(at, {
    keeper,
    ask: async (id: string, who = ANN, of = bound(10, 10, 1_000)) =>
      keeper.reserve({ id, caller: who, model: "claude-opus-5-5", bound: of }),
  });
}

const codeOf = (answer: Reservation | OwnRefusal): string => (isOwnRefusal(answer) ? answer.code : "taken");
const take = (answer: Reservation | OwnRefusal): Reservation => {
  if (isOwnRefusal(answer)) throw new Error(answer.message);
  return answer;
};

describe("who shares a cap", () => {
  const [YES, NO] = ["taken", "BUDGET_SPENT"];

  test.each<[string, CapSettings["scope"], (string | undefined)[]]>([
    ["everybody", "everybody", [YES, YES, NO, NO, NO]],
    ["each caller", "each-caller", [YES, YES, NO, YES, YES]],
    ["a group", { group: "team" }, [YES, YES, NO, NO, YES]],
    ["each of a group", { eachOf: "team" }, [YES, YES, NO, YES, YES]],
    ["one caller", { caller: "ann" }, [YES, YES, NO, YES, YES]],
  ])("%s", async (_, scope, expected) => {
    const { ask } = await world([cap({ scope })]);
    const codes: string[] = [];
    for (const [at, who] of [ANN, ANN, ANN, BOB, CARL].entries()) codes.push(codeOf(await ask(String(at), who)));
    expect(codes).toEqual(expected);
  });
});

describe("a taking", () => {
  test("is from all caps or from none", async () => {
    const { ask, keeper } = await world([
      cap({ name: "wide", amount: 10 }),
      cap({ name: "narrow", scope: "each-caller" }),
    ]);
    for (const id of ["1", "2", "3", "4", "5"]) await ask(id);
    const [, wide] = await keeper.capsOf(ANN);
    expect(wide).toMatchObject({ name: "wide", utilization: 0.2 });
  });

  test("counts once for one id", async () => {
    const { ask } = await world([cap({})]);
    expect([await ask("1"), await ask("1"), await ask("1"), await ask("2"), await ask("3")].map(codeOf)).toEqual([
      "taken",
      "taken",
      "taken",
      "taken",
      "BUDGET_SPENT",
    ]);
  });

  test("says how full the caps are, the fullest first", async () => {
    const { ask } = await world([cap({ name: "a", amount: 10 }), cap({ name: "b", unit: "usd", amount: 0.002 })]);
    const resetsAt = Date.parse("2026-12-01T00:00:00Z") / 1_000;
    expect(take(await ask("1")).caps).toMatchObject([
      { name: "b", unit: "usd", utilization: 0.5, resetsAt, amount: 0.002, spent: 0.001 },
      { name: "a", unit: "requests", utilization: 0.1, resetsAt, amount: 10, spent: 1 },
    ]);
  });

  test("of what is free counts nothing", async () => {
    const { ask, keeper } = await world([cap({ amount: 1 })]);
    expect(take(await ask("1", ANN, bound(0, 0, 0))).caps).toEqual([]);
    expect((await keeper.capsOf(ANN))[0]?.utilization).toBe(0);
  });
});

describe("a settlement", () => {
  test("puts what was spent in place of what was reserved", async () => {
    const { ask, keeper } = await world([
      cap({ unit: "usd", amount: 1 }),
      cap({ name: "t", unit: "tokens", amount: 1_000 }),
    ]);
    const reservation = take(await ask("1", ANN, bound(400, 400, 800_000)));
    await reservation.settle(
      { ...usage(10, 20), cacheReadTokens: 30, cacheWriteTokens: 20, cacheWriteHourTokens: 20 },
      250_000.2,
    );
    const states = await keeper.capsOf(ANN);
    expect(states.map(({ name, utilization }) => [name, utilization])).toEqual([
      ["cap", 0.250_001],
      ["t", 0.1],
    ]);
  });

  test("of what was not sent gives all back, and happens once", async () => {
    const { ask, keeper } = await world([cap({})]);
    const reservation = take(await ask("1"));
    await reservation.settle(NO_USAGE, null);
    await reservation.settle(usage(1, 1), 5);
    expect((await keeper.capsOf(ANN))[0]?.utilization).toBe(0);
  });

  test("of more than was reserved counts whole, and the next is refused", async () => {
    const { ask } = await world([cap({ unit: "usd", amount: 1 })]);
    await take(await ask("1")).settle(usage(1, 1), 2_000_000);
    expect(codeOf(await ask("2"))).toBe("BUDGET_SPENT");
  });

  test("of what is no number leaves what was reserved", async () => {
    const { ask, keeper } = await world([
      cap({ unit: "usd", amount: 1 }),
      cap({ name: "t", unit: "tokens", amount: 100 }),
    ]);
    await take(await ask("1", ANN, bound(5, 5, 500_000))).settle(usage(Number.NaN, 1), Number.NaN);
    expect((await keeper.capsOf(ANN)).map(({ utilization }) => utilization)).toEqual([0.5, 0.1]);
    await take(await ask("2", ANN, bound(5, 5, 500_000))).settle(usage(-50, 1), -5);
    expect((await keeper.capsOf(ANN)).map(({ utilization }) => utilization)).toEqual([0.5, 0.1]);
  });

  test("that comes behind its window changes nothing in the next", async () => {
    const at = await world([cap({ unit: "usd", amount: 1 })]);
    const reservation = take(await at.ask("1", ANN, bound(1, 1, 900_000)));
    at.nowMs = Date.parse("2026-12-01T00:00:01Z");
    take(await at.ask("2", ANN, bound(1, 1, 900_000)));
    await reservation.settle(usage(1, 1), 0);
    expect((await at.keeper.capsOf(ANN))[0]?.utilization).toBe(0.9);
  });

  test("that never comes leaves money spent until its window is over, and a rate until its span is", async () => {
    const at = await world([
      cap({ unit: "usd", amount: 0.001 }),
      cap({ name: "rate", amount: 1, window: { seconds: 60 } }),
    ]);
    take(await at.ask("1"));
    at.nowMs += 3_600_000;
    expect((await at.keeper.capsOf(ANN)).map(({ name, utilization }) => [name, utilization])).toEqual([
      ["cap", 1],
      ["rate", 0],
    ]);
    at.nowMs += 86_400_000;
    expect((await at.keeper.capsOf(ANN)).map(({ utilization }) => utilization)).toEqual([0, 0]);
  });
});

describe("a refusal", () => {
  test("of money says what was found, when it ends and the way out, and is not tried again", async () => {
    const { ask } = await world([cap({ name: "team", unit: "usd", amount: 0.5 })]);
    take(await ask("1", ANN, bound(1, 1, 300_000)));
    expect(await ask("2", ANN, bound(1, 1, 300_000))).toMatchObject({
      code: "BUDGET_SPENT",
      status: 429,
      type: "billing_error",
      shouldRetry: false,
      headers: [],
      message:
        'Cannot serve the request: the cap "team" allows 0.50 US dollars a day, 0.30 US dollars of that are spent or reserved, and the request may cost up to 0.30 US dollars; wait until 2026-12-01T00:00:00Z, ask for less with a smaller max_tokens, or have the cap raised',
    });
  });

  test("of a rate says when to try again, and that is when it comes back", async () => {
    const at = await world([cap({ amount: 1, window: { seconds: 60 } })]);
    take(await at.ask("1"));
    const refusal = await at.ask("2");
    expect(refusal).toMatchObject({ code: "RATE_LIMITED", shouldRetry: true, headers: [["retry-after", "66"]] });
    at.nowMs += 65_999;
    expect(codeOf(await at.ask("3"))).toBe("RATE_LIMITED");
    at.nowMs += 1;
    expect(codeOf(await at.ask("4"))).toBe("taken");
  });

  test("of what is more than the cap altogether is not tried again", async () => {
    const { ask } = await world([cap({ unit: "tokens", amount: 10, window: { seconds: 60 } })]);
    const refusal = await ask("1");
    expect(refusal).toMatchObject({ code: "RATE_LIMITED", shouldRetry: false, headers: [] });
    expect(isOwnRefusal(refusal) && refusal.message).toContain("may cost up to 20 tokens");
  });

  test("of money wins over that of a rate", async () => {
    const { ask } = await world([cap({ name: "rate", amount: 1, window: { seconds: 60 } }), cap({ amount: 1 })]);
    take(await ask("1"));
    expect(codeOf(await ask("2"))).toBe("BUDGET_SPENT");
  });
});

describe("settings", () => {
  test.each<[string, readonly CapSettings[], RegExp]>([
    ["two caps of one name", [cap({}), cap({})], /two caps are called "cap"/],
    ["a cap without a name", [cap({ name: "" })], /has no name/],
    ["a negative amount", [cap({ amount: -1 })], /amount -1/],
    ["an amount that is no number", [cap({ amount: Number.NaN })], /amount NaN/],
    ["an amount that cannot be counted", [cap({ unit: "usd", amount: 1e15 })], /amount 1000000000000000/],
    ["a span of nothing", [cap({ window: { seconds: 0 } })], /window of 0 seconds/],
    ["a span of half a second", [cap({ window: { seconds: 0.5 } })], /window of 0.5 seconds/],
  ])("refuse %s", async (_, caps, message) => {
    await expect(createBudgetKeeper({ caps })).rejects.toMatchObject({
      code: "SETTINGS_INVALID",
      message: expect.stringMatching(message) as string,
    });
  });

  test("without caps hold nothing, and a store that nobody knows is not repeated with its password", async () => {
    const keeper = await createBudgetKeeper({ caps: [] });
    expect(await keeper.capsOf(ANN)).toEqual([]);
    const failing = createBudgetKeeper({ caps: [cap({})], store: "redis://user:secret@host" });
    await expect(failing).rejects.toThrow(/found redis:, expected memory/);
    await expect(failing).rejects.not.toThrow(/secret/);
  });

  test("of cents that no computer writes exactly allow all of them", async () => {
    const { ask } = await world([cap({ unit: "usd", amount: 0.57 })]);
    expect(codeOf(await ask("1", ANN, bound(1, 1, 570_000)))).toBe("taken");
  });
});

describe("a store that is gone", () => {
  const RATE = cap({ name: "rate", amount: 100, window: { seconds: 60 } });

  /** A store that does as it is told. */
  async function unreliable(caps: readonly CapSettings[], more: Partial<BudgetSettings> = {}) {
    const timing = createVirtualTiming();
    const real = await openBudgetStore("memory", { nowMs: () => START + timing.elapsedMs() });
    const state = { behave: "answer" as "answer" | "break" | "hang" | "lose the answer", asked: 0, reconnected: 0 };
    const fated = async <T>(statement: () => Promise<T>): Promise<T> => {
      state.asked += 1;
      if (state.behave === "break") throw new Error("ECONNRESET");
      if (state.behave === "hang") return new Promise<T>(() => {});
      const answer = await statement();
      if (state.behave === "lose the answer") throw new Error("ECONNRESET");
      return answer;
    };
    const store: BudgetStore = {
      isShared: false,
      take: async (request) => fated(async () => real.take(request)),
      settle: async (settlements) => fated(async () => real.settle(settlements)),
      renew: async (ids, lifetimeMs) => fated(async () => real.renew(ids, lifetimeMs)),
      read: async (charges) => fated(async () => real.read(charges)),
      reconnect: () => void (state.reconnected += 1),
      close: real.close,
    };
    const keeper = await createBudgetKeeper({ caps, ...more }, { store, timing });
    const ask = async (id: string) =>
      keeper.reserve({ id, caller: ANN, model: "claude-opus-5-5", bound: bound(10, 10, 1_000) });
    return { keeper, ask, timing, state };
  }

  test("is closed for money, and for rates unless the settings open them", async () => {
    const codes: string[] = [];
    for (const [caps, ratesWithoutStore] of [
      [[cap({})], "open"],
      [[cap({}), RATE], "open"],
      [[RATE], "closed"],
      [[RATE], "open"],
      [[cap({ unit: "usd", window: { seconds: 60 } })], "open"],
    ] as const) {
      const { ask, state } = await unreliable(caps, { ratesWithoutStore });
      state.behave = "break";
      codes.push(codeOf(await ask("1")));
    }
    const gone = "BUDGET_STORE_UNREACHABLE";
    expect(codes).toEqual([gone, gone, gone, "taken", gone]);
  });

  test("is given up after 250 ms; one tries meanwhile, the others are answered at once", async () => {
    const { ask, state, timing, keeper } = await unreliable([cap({ amount: 100 })]);
    state.behave = "hang";
    const first = ask("1");
    timing.advance(249);
    await settleDown();
    timing.advance(1);
    expect(codeOf(await first)).toBe("BUDGET_STORE_UNREACHABLE");
    const asked = state.asked;
    const trial = ask("2");
    expect(codeOf(await ask("3"))).toBe("BUDGET_STORE_UNREACHABLE");
    expect(await keeper.isReady()).toBe(false);
    expect(state.asked - asked).toBeLessThanOrEqual(1);
    timing.advance(250);
    expect(codeOf(await trial)).toBe("BUDGET_STORE_UNREACHABLE");
    state.behave = "answer";
    timing.advance(5_000);
    await settleDown();
    expect(codeOf(await ask("4"))).toBe("taken");
    expect(await keeper.isReady()).toBe(true);
  });

  test("that limit is a setting", async () => {
    const { ask, state, timing } = await unreliable([cap({})], { storeTimeoutMs: 40 });
    state.behave = "hang";
    const first = ask("1");
    timing.advance(40);
    expect(await first).toMatchObject({ message: expect.stringContaining("within 40 ms") as string });
  });

  test("gets other connections when it has been silent for long", async () => {
    const { ask, state, timing } = await unreliable([cap({})]);
    state.behave = "hang";
    for (const id of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]) {
      const asked = ask(id);
      timing.advance(250);
      await asked;
      await settleDown();
    }
    expect(state.reconnected).toBeGreaterThan(0);
  });

  test("takes once where an answer is lost, and gives back what nobody could be told of", async () => {
    const { ask, state, timing, keeper } = await unreliable([cap({ amount: 10 })]);
    state.behave = "lose the answer";
    expect(codeOf(await ask("1"))).toBe("BUDGET_STORE_UNREACHABLE");
    state.behave = "answer";
    timing.advance(1_000);
    await settleDown();
    expect((await keeper.capsOf(ANN))[0]?.utilization).toBe(0);
  });

  test("a connection that broke while nobody used it is not a store that is gone", async () => {
    const { ask, state } = await unreliable([cap({})]);
    state.behave = "break";
    const asked = ask("1");
    state.behave = "answer";
    expect(codeOf(await asked)).toBe("taken");
  });

  test("is told of what was spent as soon as it is back", async () => {
    const { ask, state, timing, keeper } = await unreliable([cap({ unit: "usd", amount: 1 })]);
    const reservation = take(await ask("1"));
    state.behave = "break";
    await reservation.settle(usage(1, 1), 400);
    state.behave = "answer";
    timing.advance(1_000);
    await settleDown();
    expect((await keeper.capsOf(ANN))[0]?.utilization).toBe(0.000_4);
  });
});

test("a reservation lives as long as it is renewed", async () => {
  const timing = createVirtualTiming();
  const store = await openBudgetStore("memory", { nowMs: () => START + timing.elapsedMs() });
  const settings = { caps: [cap({ unit: "usd", amount: 1 })], reservationMs: 9_000 };
  const keeper = await createBudgetKeeper(settings, { store, timing });
  const reserve = async (id: string) =>
    take(await keeper.reserve({ id, caller: ANN, model: "m", bound: bound(1, 1, 100_000) }));
  const [kept, left] = [await reserve("kept"), await reserve("left")];
  for (let seconds = 0; seconds < 30; seconds += 1) {
    timing.advance(1_000);
    kept.renew();
    await settleDown();
  }
  // Somebody has to come by for the expired to be looked for.
  await (await reserve("other")).settle(NO_USAGE, null);
  await kept.settle(usage(1, 1), 0);
  await left.settle(usage(1, 1), 0);
  expect((await keeper.capsOf(ANN))[0]?.utilization).toBe(0.1);
});
