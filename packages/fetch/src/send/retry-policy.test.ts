import { describe, expect, test } from "vitest";
import { isRetryable, retryDelayMs } from "./retry-policy.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const headers = (init: Record<string, string> = {}): Headers => new Headers(init);

describe("isRetryable()", () => {
  test.each([408, 409, 424, 429, 500, 503, 529])("is true of %i", (status) => {
    expect(isRetryable(status, headers())).toBe(true);
    expect(isRetryable(status, headers({ "x-should-retry": "false" }))).toBe(false);
  });

  test.each([200, 301, 400, 401, 403, 404, 413])("is false of %i", (status) => {
    expect(isRetryable(status, headers())).toBe(false);
    expect(isRetryable(status, headers({ "x-should-retry": "true" }))).toBe(true);
  });
});

describe("retryDelayMs()", () => {
  test.each([
    [{ "retry-after-ms": "15" }, 15],
    [{ "retry-after-ms": "1.5", "retry-after": "9" }, 1.5],
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after": "0.01" }, 10],
    [{ "retry-after": "Mon, 30 Nov 2026 12:00:03 GMT" }, 3000],
    [{ "retry-after": "Mon, 30 Nov 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, 500],
    [{ "retry-after": "-1", "retry-after-ms": "" }, 500],
    [{}, 500],
  ])("waits as long as %j asks for: %i ms", (given, expected) => {
    expect(retryDelayMs(headers(given), 0, NOW, 0)).toBe(expected);
  });

  test("waits twice as long each time, up to eight seconds, less a random quarter at most", () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((retries) => retryDelayMs(null, retries, NOW, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(retryDelayMs(null, 0, NOW, 1)).toBe(375);
  });
});
