import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, nat, property, record } from "fast-check";
import { expect, test } from "vitest";
import { NO_USAGE } from "../../terms/usage.ts";
import { costOf, isInOneGeography, priceOf } from "./cost-of.ts";

const GLOBAL = { inOneGeography: false };

test("each kind of token costs what the list says", () => {
  const cost = (usage: object): number => costOf({ ...NO_USAGE, ...usage }, "claude-opus-5-5", GLOBAL);

  expect(cost({ inputTokens: 1_000_000 })).toBe(4_000_000);
  expect(cost({ outputTokens: 1_000_000 })).toBe(20_000_000);
  expect(cost({ cacheReadTokens: 1_000_000 })).toBe(200_000);
  expect(cost({ cacheWriteTokens: 1_000_000 })).toBe(5_000_000);
  expect(cost({ cacheWriteHourTokens: 1_000_000 })).toBe(8_000_000);
  expect(cost({ webSearches: 3 })).toBe(30_000);
});

test("what is not a whole millionth is rounded up, and what is one is not", () => {
  expect(costOf({ ...NO_USAGE, cacheReadTokens: 1 }, "claude-haiku-5-5", GLOBAL)).toBe(1);
  expect(costOf({ ...NO_USAGE, cacheReadTokens: 100 }, "claude-haiku-5-5", GLOBAL)).toBe(1);
  expect(costOf({ ...NO_USAGE, inputTokens: 3 }, "claude-haiku-5-5", GLOBAL)).toBe(1);
  expect(costOf(NO_USAGE, "claude-haiku-5-5")).toBe(0);
});

test("a prompt that is long with its caches costs more, its output too", () => {
  const usage = { ...NO_USAGE, inputTokens: 50_000, cacheReadTokens: 50_000, outputTokens: 1_000 };

  expect(costOf(usage, "claude-haiku-5-5", GLOBAL)).toBe(5_000 + 500 + 500);
  expect(costOf({ ...usage, inputTokens: 50_001 }, "claude-haiku-5-5", GLOBAL)).toBe(25_001 + 2_500 + 2_500);
});

test("one geography costs a tenth more, and that is assumed where nothing says otherwise", () => {
  const usage = { ...NO_USAGE, inputTokens: 1_000 };

  expect(costOf(usage, "us.anthropic.claude-sonnet-5-5")).toBe(2_200);
  expect(costOf(usage, "global.anthropic.claude-sonnet-5-5")).toBe(2_000);
  expect(costOf(usage, "claude-sonnet-5-5")).toBe(2_200);
  expect(costOf(usage, "claude-3-7-sonnet-20250219")).toBe(3_000);
  expect(isInOneGeography("us.anthropic.claude-opus-5-5", null)).toBe(true);
  expect(isInOneGeography("global.anthropic.claude-opus-5-5", null)).toBe(false);
  expect(isInOneGeography("arn:aws:bedrock:us-east-1:1:inference-profile/global.anthropic.claude-opus-5-5", null)).toBe(
    false,
  );
  expect(isInOneGeography("claude-opus-5-5", null)).toBe(true);
  expect(isInOneGeography("claude-opus-5-5", "global")).toBe(false);
  expect(isInOneGeography("claude-opus-5-5", "us")).toBe(true);
});

test("fast mode costs more; six times as much where nobody says how much", () => {
  const usage = { ...NO_USAGE, outputTokens: 1_000 };

  expect(costOf(usage, "claude-opus-5-5", { ...GLOBAL, fast: true })).toBe(40_000);
  expect(costOf(usage, "claude-fable-5-2", { ...GLOBAL, fast: true })).toBe(240_000);
});

test("a model has its price by any name of it, and one without a price the dearest", () => {
  const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5";
  expect(priceOf(arn).id).toBe("claude-opus-5-5");
  expect(priceOf("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc").output).toBe(75);
  expect(priceOf("claude-opus-9").output).toBe(75);
  expect(priceOf("").output).toBe(75);
});

test("no usage costs less than a part of it", () => {
  const tokens = nat({ max: 2_000_000 });
  const usage = record({
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWriteTokens: tokens,
    cacheWriteHourTokens: tokens,
    webSearches: nat({ max: 100 }),
  });
  const model = constantFrom("claude-haiku-5-5", "claude-sonnet-4-5", "claude-fable-5-1", "unknown");
  const grows = property(
    usage,
    model,
    constantFrom("inputTokens", "outputTokens", "cacheReadTokens"),
    (of, id, kind) => {
      const cost = costOf(of, id);
      expect(Number.isSafeInteger(cost)).toBe(true);
      expect(costOf({ ...of, [kind]: of[kind] + 1 }, id)).toBeGreaterThanOrEqual(cost);
    },
  );
  assert(grows, soakProperty(100_000, 1_000));
});
