import { expect, test } from "vitest";
import { main } from "./main.ts";
import { createSafeTerminal } from "./safe-terminal.ts";

test("main() lets nothing raw through, but what a runner is to read", async () => {
  const lines: string[] = [];
  const terminal = {
    out: (line: string) => lines.push(line),
    error: (line: string) => lines.push(line),
    colour: false,
  };
  expect(await main(["::error::\u001B[2J"], terminal)).toBe(2);
  expect(lines.join("\n")).not.toMatch(/^::/m);
  expect(lines.join("\n")).not.toContain("\u001B");
  createSafeTerminal(terminal).annotate?.("::error::x");
  expect(lines.at(-1)).toBe("::error::x");
});
