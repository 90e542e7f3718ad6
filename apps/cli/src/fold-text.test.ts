import { describe, expect, test } from "vitest";
import { foldText } from "./fold-text.ts";

describe("foldText()", () => {
  test.each([
    ["short", ["short"]],
    ["", [""]],
    ["0123456789", ["0123456789"]],
    ["one two three", ["one two", "three"]],
    ["GET https://a.example", ["GET https:", "//a.exampl", "e"]],
    ["arn:aws:bedrock", ["arn:aws:", "bedrock"]],
    ["abcdefghijklmno", ["abcdefghij", "klmno"]],
  ])("folds %j at ten characters", (text, lines) => {
    expect(foldText(text, 10)).toEqual(lines);
  });

  test("loses nothing of a long ARN", () => {
    const arn = `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${"a1b2".repeat(50)}`;
    const lines = foldText(arn, 64);

    expect(lines.join("")).toBe(arn);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(64);
    expect(lines[0]).toBe("arn:aws:bedrock:us-east-1:123456789012:application-inference-");
  });
});
