import { describe, expect, test } from "vitest";
import { RateLimits } from "./rate-limits.ts";

const at = (time: string): Date => new Date(`2026-11-21T${time}Z`);

describe("RateLimits", () => {
  test("spend() counts down within a minute and starts over after it", () => {
    const limits = new RateLimits();
    const spend = (inputTokens: number, outputTokens: number, time: string) =>
      Object.fromEntries(limits.spend({ inputTokens, outputTokens }, at(time)));

    expect(spend(1_000, 100, "10:00:00.100")).toMatchObject({
      "anthropic-ratelimit-requests-limit": "4000",
      "anthropic-ratelimit-requests-remaining": "3999",
      "anthropic-ratelimit-requests-reset": "2026-11-21T10:01:00Z",
      "anthropic-ratelimit-tokens-remaining": "2398900",
      "anthropic-ratelimit-input-tokens-limit": "2000000",
      "anthropic-ratelimit-input-tokens-remaining": "1999000",
      "anthropic-ratelimit-output-tokens-remaining": "399900",
    });
    expect(spend(3_000_000, 0, "10:00:59.900")).toMatchObject({
      "anthropic-ratelimit-requests-remaining": "3998",
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-output-tokens-remaining": "399900",
    });
    expect(spend(1, 1, "10:01:00.000")).toMatchObject({
      "anthropic-ratelimit-requests-remaining": "3999",
      "anthropic-ratelimit-requests-reset": "2026-11-21T10:02:00Z",
    });
  });

  test("refuse() leaves no request, and counts none", () => {
    const limits = new RateLimits();
    const refused = Object.fromEntries(limits.refuse(at("10:00:00")));

    expect(refused["anthropic-ratelimit-requests-remaining"]).toBe("0");
    expect(Object.fromEntries(limits.spend({ inputTokens: 1, outputTokens: 1 }, at("10:00:02")))).toMatchObject({
      "anthropic-ratelimit-requests-remaining": "3999",
    });
  });

  test("reset() forgets what was used", () => {
    const limits = new RateLimits();
    limits.spend({ inputTokens: 1, outputTokens: 1 }, at("10:00:00"));
    limits.reset();

    expect(Object.fromEntries(limits.spend({ inputTokens: 1, outputTokens: 1 }, at("10:00:01")))).toMatchObject({
      "anthropic-ratelimit-requests-remaining": "3999",
    });
  });
});
