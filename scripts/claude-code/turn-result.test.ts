import { describe, expect, test } from "vitest";
import type { RanTurn } from "./run-turn.ts";
import { speakTurn } from "./speak-turn.ts";
import { TURN_CASES } from "./turn-cases.ts";
import { formatTurnResult, turnResult } from "./turn-result.ts";

const turn = TURN_CASES.find(({ name }) => name === "anthropic-aws-api-key")!;
const spoken = async (): Promise<RanTurn> => ({ ...(await speakTurn()), standardError: "", elapsedMs: 1250 });

describe("turnResult()", () => {
  test("sums up a turn that went well", async () => {
    const result = turnResult(turn, await spoken());
    expect(result).toMatchObject({
      name: turn.name,
      ok: true,
      problems: [],
      text: "The tool said hello.",
      refused: [],
    });
    expect(result.requests.map(({ status }) => status)).toEqual([200, 200]);
    expect(result.rules).toMatchObject({ failed: 0 });
  });

  test("is not ok where there is a problem", async () => {
    const result = turnResult(turn, { ...(await spoken()), exitStatus: 3 });
    expect(result).toMatchObject({ ok: false, problems: ["the program ended with status 3"] });
  });
});

describe("formatTurnResult()", () => {
  test("writes one line for what went well", async () => {
    const result = { ...turnResult(turn, await spoken()), rules: { passed: 7, failed: 0, warned: 0 }, warnings: [] };
    const call = 'Bash "{"command":"echo hello-from-tool","description":"Say hello"}" → "hello-from-tool"';
    expect(formatTurnResult(result)).toBe(
      `✓ anthropic-aws-api-key  ${call}; said "The tool said hello."; 2 requests; rules: 7 passed, 0 failed, 0 warned; 1.3 s`,
    );
  });

  test("puts problems and warnings below, and cuts long texts", async () => {
    const result = { ...turnResult(turn, await spoken()), ok: false, problems: ["p"], warnings: ["w"] };
    const [line, ...more] = formatTurnResult({ ...result, text: `a\n${"b".repeat(100)}` }).split("\n");
    expect(line).toMatch(/^✗ .*said "a b{57}…"/);
    expect(more).toEqual(["    p", "    warned: w"]);
  });
});
