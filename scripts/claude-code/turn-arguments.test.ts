import { expect, test } from "vitest";
import { TURN_PROMPT, TURN_TOOL, TURN_TOOL_OUTPUT, turnArguments } from "./turn-arguments.ts";

test("turnArguments() asks for one printed turn as JSON lines, and allows the tool alone", () => {
  const args = turnArguments("opus");
  expect(args.slice(0, 2)).toEqual(["--print", TURN_PROMPT]);
  expect(args).toContain("--output-format=stream-json");
  expect(args).toContain("--verbose");
  expect(args).toContain("--model=opus");
  expect(args.filter((arg) => arg.startsWith("--allowedTools"))).toEqual([`--allowedTools=${TURN_TOOL.name}(echo:*)`]);
  expect(args.some((arg) => arg.includes("dangerously") || arg.includes("bypass"))).toBe(false);
});

test("TURN_TOOL is what the permission allows, and prints TURN_TOOL_OUTPUT", () => {
  expect(TURN_TOOL.input.command).toBe(`echo ${TURN_TOOL_OUTPUT}`);
});
