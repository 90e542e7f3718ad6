import { describe, expect, test } from "vitest";
import { formatHelp, parseFlags } from "./flags.ts";
import { turnCases } from "./turn-cases.ts";

const nothing = { help: false, json: false, keep: false, record: undefined, turns: turnCases };

describe("parseFlags()", () => {
  test("runs everything by default, also behind pnpm's separator", () => {
    expect(parseFlags([], turnCases)).toEqual(nothing);
    expect(parseFlags(["--"], turnCases)).toEqual(nothing);
  });

  test("reads every flag", () => {
    expect(parseFlags(["--json", "--keep", "--record", "a.json"], turnCases)).toEqual({
      ...nothing,
      json: true,
      keep: true,
      record: "a.json",
    });
  });

  test("picks cases in the order of the table", () => {
    const flags = parseFlags(["--only=mantle-sigv4", "--only=bedrock-sigv4"], turnCases);
    expect("turns" in flags && flags.turns.map(({ name }) => name)).toEqual(["bedrock-sigv4", "mantle-sigv4"]);
  });

  test.each([
    [["--only", "nothing"], "Cannot run nothing: no such case. There are anthropic-aws-api-key, "],
    [["--odd"], "Unknown option '--odd'"],
    [["word"], "Unexpected argument 'word'"],
  ])("explains %j", (args, usage) => {
    expect(parseFlags(args, turnCases)).toEqual({ usage: expect.stringContaining(usage) });
  });
});

test("formatHelp() names every flag and case", () => {
  const help = formatHelp(turnCases);
  for (const word of ["--only", "--record", "--keep", "--json", ...turnCases.map(({ name }) => name)]) {
    expect(help).toContain(word);
  }
});
