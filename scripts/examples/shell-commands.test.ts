import { describe, expect, test } from "vitest";
import { isShellBlock, parseShellCommands, shownPattern } from "./shell-commands.ts";

const block = (language: string, text: string) => ({ file: "README.md", line: 8, language, text, mark: undefined });

test.each([
  ["sh", true],
  ["console", true],
  ["text", false],
  ["ts", false],
])("a block of %s: %s", (language, expected) => {
  expect(isShellBlock(block(language, ""))).toBe(expected);
});

describe("parseShellCommands", () => {
  test("takes each line of sh, but for comments", () => {
    expect(parseShellCommands(block("sh", "# first\nnpm init -y   # a\n\nnpm \\\n  test\n"))).toEqual([
      { command: "npm init -y   # a", shown: undefined },
      { command: "npm    test", shown: undefined },
    ]);
  });

  test("takes what is shown below each command of console", () => {
    expect(parseShellCommands(block("console", "$ a\none\n\ntwo\n$ echo $?\n1\n$ b\n"))).toEqual([
      { command: "a", shown: "one\n\ntwo" },
      { command: "echo $?", shown: "1" },
      { command: "b", shown: "" },
    ]);
  });

  test("refuses console that begins with no command", () => {
    expect(() => parseShellCommands(block("console", "a\n$ b\n"))).toThrow("README.md:8: found a, expected $");
  });
});

describe("shownPattern", () => {
  test.each([
    ["a.b (c)", "a.b (c)\n", true],
    ["a.b", "axb", false],
    ["", "", true],
    ["", "anything", false],
    ["id … of", "id 7/8 of", true],
    ["id … of", "id 7\n8 of", false],
    ["a\n…", "a\nb\n\nc\n", true],
    ["a\n…\nd", "a\nd", false],
    ["a\n…\nd", "a\nb\nc\nd\n", true],
    ["a", "a\nb", false],
  ])("%j shows %j: %s", (shown, printed, expected) => {
    expect(shownPattern(shown).test(printed)).toBe(expected);
  });
});
