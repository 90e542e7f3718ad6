import { describe, expect, test } from "vitest";
import { isModelAllowed } from "./is-model-allowed.ts";

/** What an operator's configuration makes of names. */
const NAMES: Readonly<Record<string, string>> = {
  haiku: "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "claude-haiku-4-5": "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "claude-haiku-4-5[1m]": "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "claude-haiku-4-5-20251001": "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  opus: "us.anthropic.claude-opus-5-5",
  OPUS: "us.anthropic.claude-opus-5-5",
  "claude-opus-5-5": "us.anthropic.claude-opus-5-5",
  "claude-sonnet-5": "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3",
  "claude-sonnet-4-6": "us.anthropic.claude-opus-5-5",
};
const resolve = (name: string): string => NAMES[name] ?? name;
const allows = (patterns: readonly string[], asked: string): boolean =>
  isModelAllowed(patterns, { asked, resolved: resolve(asked), resolve });

describe("isModelAllowed()", () => {
  test.each([
    [["claude-haiku-*"], "haiku"],
    [["claude-haiku-*"], "claude-haiku-4-5"],
    [["claude-haiku-*"], "claude-haiku-4-5[1m]"],
    [["claude-haiku-*"], "us.anthropic.claude-haiku-4-5-20251001-v1:0"],
    [["claude-haiku-*"], "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0"],
    [["claude-haiku-4-5-20251001"], "claude-haiku-4-5"],
    [["claude-haiku-4-5"], "us.anthropic.claude-haiku-4-5-20251001-v1:0"],
    [["haiku"], "claude-haiku-4-5"],
    [["haiku"], "eu.anthropic.claude-haiku-4-5-20251001-v1:0"],
    [["us.anthropic.claude-haiku-4-5-20251001-v1:0"], "haiku"],
    [["opus", "haiku"], "claude-opus-5-5"],
    [["*"], "anything"],
    // The operator's own word for it.
    [["claude-sonnet-5"], "claude-sonnet-5"],
    [["my-*"], "my-deployment"],
  ])("%j allows %s", (patterns, asked) => {
    expect(allows(patterns, asked)).toBe(true);
  });

  test.each([
    [["claude-haiku-*"], "opus"],
    [["claude-haiku-*"], "OPUS"],
    [["claude-haiku-*"], "claude-opus-5-5"],
    [["claude-haiku-*"], "claude-opus-5-5[1m]"],
    [["claude-haiku-*"], "us.anthropic.claude-opus-5-5"],
    [["claude-haiku-*"], "Anthropic.Claude-Opus-5-5"],
    [["claude-haiku-*"], "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5-5"],
    [["claude-haiku-*"], "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/claude-haiku-4-5"],
    [["claude-haiku-*"], " claude-haiku-4-5"],
    // Another model stands behind the name that is allowed.
    [["claude-sonnet-*"], "claude-sonnet-4-6"],
    [["claude-opus-*"], "claude-sonnet-4-6"],
    [["claude-haiku-*"], "claude-sonnet-5"],
    [["claude-sonnet-5"], "arn:aws:bedrock:us-east-1:999999999999:application-inference-profile/other"],
    [[], "claude-haiku-4-5"],
  ])("%j does not allow %s", (patterns, asked) => {
    expect(allows(patterns, asked)).toBe(false);
  });
});
