import { describe, expect, test } from "vitest";
import { escapeForTerminal } from "./escape-for-terminal.ts";

describe("escapeForTerminal()", () => {
  test("leaves no control character, whatever it is", () => {
    for (let code = 0; code < 0x2100; code++) {
      const text = escapeForTerminal(`a${String.fromCharCode(code)}b`, code % 2 === 0);
      expect(text).not.toMatch(/[^\n\t\P{Cc}]|[\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
    }
  });

  test.each([
    ["::error::x", "\\u003a:error::x"],
    ["a\n  ::set-output name=a::b", "a\n  \\u003a:set-output name=a::b"],
    ["a ##[group]b", "a \\u0023#[group]b"],
    ["##vso[task.setvariable]", "\\u0023#vso[task.setvariable]"],
    ["##teamcity[x]", "\\u0023#teamcity[x]"],
    ["\u001B]0;title\u0007", "\\u001b]0;title\\u0007"],
    ["a\rb", "a\\u000db"],
    ["a: b::c ## d\n\te", "a: b::c ## d\n\te"],
  ])("makes of %j %j", (text, expected) => {
    expect(escapeForTerminal(text, false)).toBe(expected);
  });

  test("leaves colours where there are to be any, and nothing else", () => {
    expect(escapeForTerminal("\u001B[31mred\u001B[39m\u001B[2J", true)).toBe("\u001B[31mred\u001B[39m\\u001b[2J");
    expect(escapeForTerminal("\u001B[31mred", false)).toBe("\\u001b[31mred");
  });

  test("leaves JSON what it is", () => {
    const value = { a: "\u009B::##[x]\u202E\u007F", "::": 1 };
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      expect(JSON.parse(escapeForTerminal(text, false))).toEqual(value);
    }
  });
});
