import { expect, test } from "vitest";
import { blockFile, blockRunner } from "./block-runner.ts";

const block = (text: string) => ({ file: "packages/auth/README.md", line: 8, language: "ts", text, mark: undefined });

test.each([
  ['import { test } from "vitest";', "vitest", "packages-auth-readme-8.test.ts"],
  ['import { test } from "bun:test";', "bun test", "packages-auth-readme-8.test.ts"],
  ["useFake(Deno.test);", "deno test", "packages-auth-readme-8.test.ts"],
  ['import { test } from "node:test";', "program", "packages-auth-readme-8.ts"],
] as const)("%s is for %s", (text, runner, file) => {
  expect(blockRunner(block(text))).toBe(runner);
  expect(blockFile(block(text))).toBe(file);
});
