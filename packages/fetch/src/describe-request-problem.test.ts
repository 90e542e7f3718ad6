import { describe, expect, test } from "vitest";
import { describeRequestProblem } from "./describe-request-problem.ts";
import { REQUEST_PROBLEM_TEXTS } from "./problem-texts.ts";

describe("describeRequestProblem()", () => {
  test("fills in the values, and reads nothing in them", () => {
    expect(describeRequestProblem("serviceTierUnknown", { tier: "{tiers}", tiers: "default, flex" })).toEqual({
      code: "SERVICE_TIER_UNKNOWN",
      severity: "warning",
      message: 'ANTHROPIC_BEDROCK_SERVICE_TIER is "{tiers}", which is no tier of Bedrock.',
      fix: "Set it to one of default, flex, or unset it.",
    });
  });
});

describe("REQUEST_PROBLEM_TEXTS", () => {
  test.each(Object.entries(REQUEST_PROBLEM_TEXTS))(
    "end the message and the fix of %s",
    (_, [, message, fix]: readonly [string, string, string]) => {
      for (const text of [message, fix]) expect(text).toMatch(/^[^ ].*\."?$/);
    },
  );
});
