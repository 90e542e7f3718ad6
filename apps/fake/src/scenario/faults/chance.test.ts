import { describe, expect, test } from "vitest";
import type { ScenarioFault } from "../../settings/scenario/scenario-fault.ts";
import { FaultChances } from "./chance.ts";

const strikes = (fault: ScenarioFault, requests: number, chances = new FaultChances()): boolean[] =>
  Array.from({ length: requests }, () => chances.take(fault));

describe("FaultChances", () => {
  test("decides alike for the same seed, and otherwise for another", () => {
    const fault = (seed: number): ScenarioFault => ({ kind: "reset", probability: 0.5, seed });

    expect(strikes(fault(7), 100)).toEqual(strikes(fault(7), 100));
    expect(strikes(fault(7), 100)).not.toEqual(strikes(fault(8), 100));
  });

  test.each([0, 0.1, 0.5, 0.9, 1])("strikes about as often as a probability of %d says", (probability) => {
    const struck = strikes({ kind: "cut", probability, seed: 3 }, 10_000).filter(Boolean).length;
    expect(Math.abs(struck - probability * 10_000)).toBeLessThan(200);
    if (probability === 0 || probability === 1) expect(struck).toBe(probability * 10_000);
  });

  test("strikes so many times", () => {
    expect(strikes({ kind: "throttle", times: 2 }, 4)).toEqual([true, true, false, false]);
  });

  test("counts none that could not strike", () => {
    const chances = new FaultChances();
    const fault: ScenarioFault = { kind: "clock-skew", times: 1 };
    expect(chances.take(fault)).toBe(true);
    chances.giveBack(fault);
    expect(strikes(fault, 2, chances)).toEqual([true, false]);
  });
});
