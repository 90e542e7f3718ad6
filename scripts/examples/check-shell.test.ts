import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { runCommand } from "../shared/run-command.ts";
import { checkShell } from "./check-shell.ts";

async function check(language: string, text: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "check-shell-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { problems } = await checkShell([{ file: "README.md", line: 8, language, text, mark: undefined }], {
    folder: join(folder, "shell"),
    root: folder,
    registry: "http://127.0.0.1:1",
    startFake: () => Promise.resolve({ url: "http://127.0.0.1:2", close: () => Promise.resolve() }),
    run: (command, where, variables, until) =>
      runCommand(command, { folder: where, environment: { ...process.env, ...variables }, until }),
  });
  return problems;
}

test.each([
  ["sh", "echo one > a\ncat a\n"],
  ["console", "$ echo one two\none …\n$ false\n$ echo $?\n1\n"],
  ["console", "$ echo http://127.0.0.1:4242/v1\nhttp://127.0.0.1:4242/v1\n"],
])("%s may show %j", async (language, text) => {
  expect(await check(language, text)).toEqual([]);
});

test.each([
  ["sh", "true\nfalse\n", "README.md:8: false ended with 1"],
  ["sh", "ls a\n", "README.md:8: ls a ended with"],
  ["console", "$ echo one\ntwo\n", "README.md:8: echo one did not print what is shown\none"],
  ["console", "$ echo http://127.0.0.1:4242\nhttp://127.0.0.1:2\n", "did not print what is shown"],
])("%s may not show %j", async (language, text, problem) => {
  expect(await check(language, text)).toEqual([expect.stringContaining(problem)]);
});
