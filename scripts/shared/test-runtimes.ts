import type { Runtime } from "./current-runtime.ts";

/** Test files that not every runtime runs, and why nothing is lost by it. */
export interface TestRuntimes {
  /** Which files, by their path from the root. */
  readonly files: RegExp;
  readonly runtimes: readonly Runtime[];
  /** Shown beside the count of the files, whenever all tests run. */
  readonly why: string;
}

/** All others run on each runtime: what is published, whole. */
export const TEST_RUNTIMES: readonly TestRuntimes[] = [
  // Node alone drives a browser.
  {
    files: /^scripts\/(?!runtime\.test\.ts$|.*-browser\.test\.ts$)/,
    runtimes: ["bun"],
    why: "Bun alone runs the scripts",
  },
  {
    files: /\/test\/(?:size|gateway-start)\.test\.ts$/,
    runtimes: ["bun"],
    why: "what is measured is what esbuild makes, wherever it is started",
  },
];

/**
 * Says whether a runtime runs a test file.
 *
 * @param file Its path from the root.
 * @param runtime The runtime.
 */
export function runsOn(file: string, runtime: Runtime): boolean {
  return TEST_RUNTIMES.every(({ files, runtimes }) => runtimes.includes(runtime) || !files.test(file));
}

/**
 * Counts the test files that a runtime leaves to others.
 *
 * @param files Paths of all test files, from the root.
 * @param runtime The runtime that does not run them.
 * @returns A line for each reason: how many, on which runtimes, and why.
 */
export function leftToOthers(files: readonly string[], runtime: Runtime): string[] {
  return TEST_RUNTIMES.filter(({ runtimes }) => !runtimes.includes(runtime)).map(({ files: left, runtimes, why }) => {
    const count = files.filter((file) => left.test(file)).length;
    return `${count} files on ${runtimes.join(" and ")} alone: ${why}`;
  });
}

/** By what a test file takes a part of its cases, and who runs the others. */
const PARTS: readonly (readonly [call: RegExp, left: readonly Runtime[], others: string])[] = [
  [/\bwholeOnBun\(/, ["deno", "node"], "Bun runs all of them, as their code uses nothing of a runtime"],
  [
    /\b(?:coverPairs|isOwnCell|shareOf)\(|\bRUNTIME_INDEX\b/,
    ["bun", "deno", "node"],
    "the three runtimes run all of them together",
  ],
];

/**
 * Counts the test files of which a runtime runs a part of the cases.
 *
 * @param texts Texts of the test files that the runtime runs.
 * @param runtime The runtime.
 * @returns A line for each reason: how many, and who runs the others.
 */
export function partsLeftToOthers(texts: readonly string[], runtime: Runtime): string[] {
  return PARTS.flatMap(([call, left, others]) => {
    const count = left.includes(runtime) ? texts.filter((text) => call.test(text)).length : 0;
    return count === 0 ? [] : [`a part of the cases of ${count} files: ${others}`];
  });
}
