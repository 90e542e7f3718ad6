import type { Runtime } from "./current-runtime.ts";

/** Test files that one runtime alone runs, and why nothing is lost by it. */
export interface OneRuntime {
  /** Which files, by their path from the root. */
  readonly files: RegExp;
  readonly runtime: Runtime;
  /** Shown beside the count of the files, whenever all tests run. */
  readonly why: string;
}

/** All others run on each runtime. */
export const ONE_RUNTIME: readonly OneRuntime[] = [
  { files: /^scripts\/(?!runtime\.test\.ts$)/, runtime: "bun", why: "Bun alone runs the scripts" },
  {
    files: /\/test\/size\.test\.ts$/,
    runtime: "bun",
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
  return ONE_RUNTIME.every((row) => row.runtime === runtime || !row.files.test(file));
}

/**
 * Counts the test files that another runtime leaves to one.
 *
 * @param files Paths of all test files, from the root.
 * @param runtime The runtime that does not run them.
 * @returns A line for each reason: how many, on which runtime, and why.
 */
export function leftToOthers(files: readonly string[], runtime: Runtime): string[] {
  return ONE_RUNTIME.filter((row) => row.runtime !== runtime).map((row) => {
    const count = files.filter((file) => row.files.test(file)).length;
    return `${count} files on ${row.runtime} alone: ${row.why}`;
  });
}
