import { soakProperty } from "@claude-on-aws/fixtures";
import type { CapSettings } from "@claude-on-aws/gateway";
import { assert, asyncProperty, integer } from "fast-check";
import { expect, test } from "vitest";
import { type Scenario, Simulation } from "./support/simulation.ts";

const caps = (scale: number): readonly CapSettings[] => [
  { name: "month", unit: "usd", amount: 0.0006 * scale, window: "month", scope: "everybody" },
  { name: "each day", unit: "requests", amount: 12 * scale, window: "day", scope: "each-caller" },
  { name: "tokens", unit: "tokens", amount: 300 * scale, window: { seconds: 10 }, scope: "everybody" },
  { name: "team", unit: "requests", amount: 6 * scale, window: { seconds: 3 }, scope: { group: "team" } },
];

/** Few requests fill a cap. */
const NARROW: Scenario = { caps: caps(1), largest: 60, burst: 6, gateways: 4, reservationMs: 60_000 };
/** Many small ones do, so that gateways take leases. */
const WIDE: Scenario = { caps: caps(150), largest: 40, burst: 60, gateways: 3, reservationMs: 60_000 };

test.each<[string, Scenario, number, number]>([
  ["a cap that few requests fill", NARROW, 7_000, 150],
  ["a cap that leases draw on", WIDE, 3_000, 40],
])(
  "%s is never passed, whatever is lost, late, set back or dies; rates come back, nothing leaks",
  async (_, scenario, full, part) => {
    const seen = { admitted: 0, crashes: 0, leases: 0 };
    const holds = asyncProperty(integer(), integer({ min: 10, max: 120 }), async (seed, steps) => {
      const simulation = await Simulation.start(scenario, seed);
      for (let step = 0; step < steps; step += 1) {
        await simulation.step();
        expect(simulation.findExcess()).toBeUndefined();
      }
      expect(await simulation.findLeak()).toBeUndefined();
      seen.admitted += simulation.admitted;
      seen.crashes += simulation.crashes;
      seen.leases += simulation.leases;
    });
    await assert(holds, soakProperty(full, part));
    expect(seen.admitted).toBeGreaterThan(part);
    expect(seen.crashes).toBeGreaterThan(part / 10);
    if (scenario === WIDE) expect(seen.leases).toBeGreaterThan(part / 10);
  },
);
