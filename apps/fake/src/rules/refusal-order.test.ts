import { describe, expect, test } from "vitest";
import { isAskedBefore } from "./refusal-order.ts";
import type { BreakingCode } from "./rule.ts";

describe("isAskedBefore()", () => {
  test.each<[BreakingCode[], BreakingCode, boolean]>([
    [["WRONG_SERVICE"], "WRONG_REGION", true],
    [["WRONG_REGION"], "WRONG_SERVICE", false],
    [["WRONG_REGION"], "WRONG_REGION", false],
    [["DATE_MISSING", "CLOCK_SKEW"], "SIGNATURE_MISMATCH", true],
    [["DATE_MISSING", "SIGNATURE_MISMATCH"], "CLOCK_SKEW", false],
    // Found where headers are missing, before the access key is looked up, and once more after it.
    [["ACCESS_KEY_UNKNOWN"], "SESSION_TOKEN_MISSING", false],
    [["SESSION_TOKEN_MISSING"], "ACCESS_KEY_UNKNOWN", false],
    [["SESSION_TOKEN_MISSING"], "SESSION_TOKEN_INVALID", true],
    // A mistake that only a diagnosis finds is never known to be absent.
    [["PATH_ENCODED_ONCE"], "SIGNATURE_MISMATCH", false],
    // A refusal that is none of the caller.
    [["WRONG_SERVICE"], "body-invalid", false],
  ])("of %j where the refusal is %s: %s", (brokenBy, refusal, expected) => {
    expect(isAskedBefore(brokenBy, refusal)).toBe(expected);
  });
});
