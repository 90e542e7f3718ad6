import { describe, expect, test } from "vitest";
import { WorkBudget, WorkExceeded } from "./work-budget.ts";

const budget = (): WorkBudget => new WorkBudget({ maxSteps: 100, maxDepth: 3, words: "Too much" });
const refused = new WorkExceeded("Too much");

describe("WorkBudget", () => {
  test("holds so many steps, and no more", () => {
    const own = budget();
    own.take(100);
    expect(own.taken).toBe(100);
    expect(() => own.take(1)).toThrow(refused);
  });

  test("lets a walk call itself so many times", () => {
    const own = budget();
    const nest = (levels: number): number => (levels === 0 ? 0 : own.deeper(() => 1 + nest(levels - 1)));
    expect(nest(3)).toBe(3);
    expect(() => nest(4)).toThrow(refused);
    // What was left of the levels is there again.
    expect(nest(3)).toBe(3);
  });

  test.each([
    [[], 1],
    [[1, 2, 3], 4],
    [["a", "b"], 5],
    [{ a: [1] }, 3],
    ["a".repeat(80), 11],
    [{ ["a".repeat(80)]: 1 }, 12],
    [null, 1],
  ])("takes for %j about as many steps as it has values", (value, steps) => {
    const own = budget();
    own.takeAll(value);
    expect(Math.round(own.taken)).toBe(steps);
  });

  test("looks at no more of a value than is left, however deep it is", () => {
    expect(() => budget().takeAll(JSON.parse("[".repeat(50_000) + "]".repeat(50_000)))).toThrow(refused);
    expect(() => budget().takeAll(Array.from({ length: 1_000_000 }, () => 0))).toThrow(refused);
  });
});
