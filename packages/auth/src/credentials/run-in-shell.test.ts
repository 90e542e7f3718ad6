import { describe, expect, test } from "vitest";
import { runInShell } from "./run-in-shell.ts";

const limits = { timeoutMs: 20_000, maxOutputBytes: 1000 };

describe("runInShell()", () => {
  test("gives what was printed on standard output", async () => {
    expect(await runInShell("echo one; echo two >&2; echo three", limits)).toBe("one\nthree\n");
  });

  test("shows everything where it is to be shown", async () => {
    const shown: string[] = [];
    expect(await runInShell("echo one; echo two >&2", { ...limits, show: (text) => shown.push(text) })).toBe("");
    expect(shown.join("").split("\n").toSorted()).toEqual(["", "one", "two"]);
  });

  test.each([
    ["COMMAND_FAILED", "exit 3", limits],
    ["COMMAND_FAILED", "not-a-command-of-this-machine", limits],
    ["COMMAND_TIMEOUT", "sleep 5; echo late", { ...limits, timeoutMs: 50 }],
    ["COMMAND_OUTPUT", "yes", limits],
  ])("fails with %s on %s", async (code, command, options) => {
    await expect(runInShell(command, options)).rejects.toMatchObject({ code });
  });

  test("gives no input: a command that asks for some ends", async () => {
    expect(await runInShell("cat; echo done", limits)).toBe("done\n");
  });
});
