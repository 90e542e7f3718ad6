import { describe, expect, test } from "vitest";
import { formatHelp, parseFlags } from "./flags.ts";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import { TURN_CASES } from "./turn-cases.ts";

const nothing = {
  help: false,
  json: false,
  keep: false,
  verdicts: false,
  record: undefined,
  version: CLAUDE_CODE_VERSION,
  configurations: false,
  turns: TURN_CASES,
};

describe("parseFlags()", () => {
  test("runs everything by default, also behind pnpm's separator", () => {
    expect(parseFlags([], TURN_CASES)).toEqual(nothing);
    expect(parseFlags(["--"], TURN_CASES)).toEqual(nothing);
  });

  test("reads every flag", () => {
    expect(parseFlags(["--json", "--keep", "--verdicts", "--record", "a.json"], TURN_CASES)).toEqual({
      ...nothing,
      json: true,
      keep: true,
      verdicts: true,
      record: "a.json",
    });
  });

  test("learns a release that is asked for, unless single turns are", () => {
    const learned = { ...nothing, version: "2.9.1", configurations: true };
    expect(parseFlags(["--client-version", "2.9.1"], TURN_CASES)).toEqual(learned);
    const [turn] = TURN_CASES;
    const flags = parseFlags(["--client-version=2.9.1", `--only=${turn!.name}`], TURN_CASES);
    expect(flags).toEqual({ ...learned, configurations: false, turns: [turn] });
  });

  test("picks cases in the order of the table", () => {
    const flags = parseFlags(["--only=mantle-sigv4", "--only=bedrock-sigv4"], TURN_CASES);
    expect("turns" in flags && flags.turns.map(({ name }) => name)).toEqual(["bedrock-sigv4", "mantle-sigv4"]);
  });

  test.each([
    [["--only", "nothing"], "Cannot run nothing: no such case. There are anthropic-aws-api-key, "],
    [["--client-version", "latest"], 'Cannot run Claude Code "latest": expected a release such as 2.'],
    [["--odd"], "Unknown option '--odd'"],
    [["word"], "Unexpected argument 'word'"],
  ])("explains %j", (args, usage) => {
    expect(parseFlags(args, TURN_CASES)).toEqual({ usage: expect.stringContaining(usage) });
  });
});

test("formatHelp() names every flag and case", () => {
  const help = formatHelp(TURN_CASES);
  for (const word of [
    "--client-version",
    "--only",
    "--record",
    "--keep",
    "--verdicts",
    "--json",
    ...TURN_CASES.map(({ name }) => name),
  ]) {
    expect(help).toContain(word);
  }
});
