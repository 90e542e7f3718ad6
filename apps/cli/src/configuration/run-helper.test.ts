import { isGone } from "@claude-on-aws/fixtures";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runHelper } from "./run-helper.ts";

const env = { PATH: process.env["PATH"], NAME: "value" };

describe("runHelper()", () => {
  test("gives what the command printed, run by the shell in the given environment", async () => {
    expect(await runHelper('echo "$NAME" | tr a-z A-Z', { env })).toBe("VALUE\n");
  });

  test.each(["exit 3", "no-such-command-at-all 2>/dev/null"])("gives null where %s fails", async (command) => {
    expect(await runHelper(command, { env })).toBeNull();
  });

  test("ends what never ends, with all that it started", async () => {
    const folder = mkdtempSync(join(tmpdir(), "run-helper-"));
    expect(await runHelper(`sleep 1000 & echo $! > '${folder}/child'; yes`, { env })).toBeNull();
    expect(await isGone(Number(readFileSync(join(folder, "child"), "utf8")))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test("stops a command that takes too long or prints too much", async () => {
    expect(await runHelper("exec sleep 20", { env, timeoutMs: 50 })).toBeNull();
    expect(await runHelper("echo 12345", { env, maxOutputBytes: 5 })).toBeNull();
    expect(await runHelper("echo 1234", { env, maxOutputBytes: 5 })).toBe("1234\n");
  });
});
