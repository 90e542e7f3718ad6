import { expect, test } from "vitest";
import { randomNumbers } from "./random-numbers.ts";

test("randomNumbers() are spread from 0 to below 1", () => {
  const random = randomNumbers(42);
  const numbers = Array.from({ length: 10_000 }, random);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.filter((number) => number < 0.1).length).toBeGreaterThan(900);
  expect(new Set(numbers).size).toBeGreaterThan(9_900);
});
