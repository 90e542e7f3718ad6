import { RUNTIME_INDEX, soakProperty } from "@claude-on-aws/fixtures";
import { assert, asyncProperty, integer } from "fast-check";
import { expect, test } from "vitest";
import { type Scenario, Simulation } from "./support/simulation.ts";

/** Few requests fill a cap. */
const NARROW: Scenario = {
  caps: [
    { name: "month", unit: "usd", amount: 0.0003, window: "month", scope: "everybody" },
    { name: "each day", unit: "requests", amount: 6, window: "day", scope: "each-caller" },
    { name: "tokens", unit: "tokens", amount: 150, window: { seconds: 10 }, scope: "everybody" },
    { name: "team", unit: "requests", amount: 3, window: { seconds: 3 }, scope: { group: "team" } },
  ],
  largest: 60,
  burst: 6,
  gateways: 4,
  reservationMs: 60_000,
  settlePercent: 20,
  pauseMs: 350,
  steps: 120,
  lossPercent: 10,
};

/** Many small ones do, so that gateways take leases, and use them up. */
const HOT: Scenario = {
  caps: [
    { name: "month", unit: "usd", amount: 0.003, window: "month", scope: "everybody" },
    { name: "rate", unit: "requests", amount: 300, window: { seconds: 1 }, scope: "everybody" },
    { name: "tokens", unit: "tokens", amount: 600, window: { seconds: 2 }, scope: { group: "team" } },
  ],
  largest: 2,
  burst: 80,
  gateways: 2,
  reservationMs: 60_000,
  settlePercent: 2,
  pauseMs: 60,
  steps: 240,
  lossPercent: 2,
};

test.each<[string, Scenario, number, number]>([
  ["a cap that few requests fill", NARROW, 7_000, 50],
  ["a cap that leases draw on", HOT, 3_000, 14],
])(
  "%s is never passed, whatever is lost, late, set back or dies; rates come back, nothing leaks",
  async (_, scenario, full, part) => {
    const seen = { admitted: 0, crashes: 0, leases: 0, filled: 0 };
    const holds = asyncProperty(
      integer(),
      integer({ min: scenario.steps / 4, max: scenario.steps }),
      async (seed, steps) => {
        const simulation = await Simulation.start(scenario, seed);
        for (let step = 0; step < steps; step += 1) {
          await simulation.step();
          expect(simulation.findExcess()).toBeUndefined();
        }
        expect(await simulation.findLeak()).toBeUndefined();
        seen.admitted += simulation.admitted;
        seen.crashes += simulation.crashes;
        seen.leases += simulation.leases;
        seen.filled += simulation.fullest > 0.95 ? 1 : 0;
      },
    );
    // Nothing in it depends on the runtime: each tries others.
    await assert(holds, soakProperty(full, part, 20_261_129 + RUNTIME_INDEX));
    expect(seen.admitted).toBeGreaterThan(part);
    expect(seen.filled).toBeGreaterThan(part / 5);
    expect(seen.crashes).toBeGreaterThan(part / 10);
    if (scenario === HOT) expect(seen.leases).toBeGreaterThan(part / 10);
  },
);
