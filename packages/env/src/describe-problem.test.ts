import { describe, expect, test } from "vitest";
import { describeProblem } from "./describe-problem.ts";
import { PROBLEM_TEXTS, type ProblemName } from "./problem-texts.ts";

describe("describeProblem()", () => {
  test("fills in the values, and reads nothing in them", () => {
    expect(describeProblem("switchNotTruthy", { source: "A", value: "{variable}", variable: "B" })).toEqual({
      code: "SWITCH_NOT_TRUTHY",
      severity: "warning",
      message: 'A is set to "{variable}", which the client reads as off.',
      fix: "Set B=1, or unset it.",
    });
  });
});

describe("PROBLEM_TEXTS", () => {
  test.each(Object.keys(PROBLEM_TEXTS) as ProblemName[])(
    "end the message and the fix of %s with a full stop",
    (name) => {
      const [, , message, fix] = PROBLEM_TEXTS[name];
      for (const text of [message, fix]) expect(text).toMatch(/^[^ ].*\.$/);
    },
  );
});
