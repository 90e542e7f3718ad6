import { builtinModules } from "node:module";
import { packageName } from "../layers/package-name.ts";
import { parseImports } from "../layers/parse-imports.ts";
import type { FencedBlock } from "./fenced-blocks.ts";

/** The test runners that a block can be written for. */
export const TEST_RUNNERS = ["vitest", "bun test", "deno test"] as const;

/** One of {@link TEST_RUNNERS}. */
export type TestRunner = (typeof TEST_RUNNERS)[number];

/** What a block is written for: a test runner, or any runtime. */
export type BlockRunner = TestRunner | "program";

/** How each runner runs a file. */
export const RUNNER_COMMANDS: Readonly<Record<TestRunner, readonly string[]>> = {
  // Not the one in `PATH`, which another copy of vitest would be for what is imported.
  vitest: ["node_modules/.bin/vitest", "run"],
  "bun test": ["bun", "test"],
  "deno test": ["deno", "test", "--allow-all", "--no-lock", "--node-modules-dir=manual"],
};

/** Says by what a block wants to be run. */
export function blockRunner({ text }: FencedBlock): BlockRunner {
  if (/from "vitest"/.test(text)) return "vitest";
  if (/from "bun:test"/.test(text)) return "bun test";
  return /\bDeno\.test\b/.test(text) ? "deno test" : "program";
}

/** Names a file for a block, after where it stands. */
export function blockFile(block: FencedBlock): string {
  const place = block.file.replace(/\.(?:md|ts)$/, "").replaceAll(/[^\w-]+/g, "-");
  const ending = blockRunner(block) === "program" ? "ts" : "test.ts";
  return `${place.toLowerCase()}-${block.line}.${ending}`;
}

/** Whether a block is run here. */
export function isRun({ mark }: FencedBlock): boolean {
  return mark === undefined || mark.kind === "ends with";
}

/** Names the libraries that a block imports; what a runtime brings along is none. */
export function importedLibraries({ text }: FencedBlock): string[] {
  return parseImports(text)
    .map(({ specifier }) => packageName(specifier))
    .filter((name) => !name.includes(":") && !builtinModules.includes(name));
}
