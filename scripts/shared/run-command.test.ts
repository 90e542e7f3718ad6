import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const options = { folder: tmpdir(), environment: process.env };

describe("runCommand()", () => {
  test("gives the exit status and both streams", async () => {
    const { status, output } = await runCommand(["sh", "-c", "echo out; echo error >&2; exit 3"], options);
    expect(status).toBe(3);
    expect(output.split("\n").toSorted()).toEqual(["", "error", "out"]);
  });

  test("gives the command no more environment than it was handed", async () => {
    const { output } = await runCommand(["/bin/sh", "-c", "echo [$ONE][$TWO][$HOME]"], {
      ...options,
      environment: { ONE: "1", TWO: undefined },
    });
    expect(output).toBe("[1][][]\n");
  });

  test("makes a missing program a result with status 127", async () => {
    const { status, output } = await runCommand(["/nowhere/program"], options);
    expect(status).toBe(127);
    expect(output).toContain('Cannot start "/nowhere/program"');
  });

  test("kills a command that takes too long, and what it started", async () => {
    const { status, output } = await runCommand(["sh", "-c", "echo begun; sleep 60 & wait"], {
      ...options,
      timeLimitMs: 300,
    });
    expect(status).toBe(124);
    expect(output).toContain("ran longer than 300 ms");
  });

  test("kills a command that has printed what is waited for", async () => {
    const { status, output } = await runCommand(["sh", "-c", "echo one; echo two; sleep 600"], {
      ...options,
      until: (printed) => printed.includes("two"),
    });
    expect([status, output]).toEqual([0, "one\ntwo\n"]);
  });

  test("keeps only the end of a long output", async () => {
    const { output } = await runCommand(["sh", "-c", "for i in 1 2 3 4 5 6; do echo line $i; done"], {
      ...options,
      maxOutputBytes: 14,
    });
    expect(output).toBe("line 5\nline 6\n");
  });
});
