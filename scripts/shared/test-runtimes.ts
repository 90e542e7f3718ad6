import type { Runtime } from "./current-runtime.ts";

/** Test files that not every runtime runs, and why nothing is lost by it. */
export interface TestRuntimes {
  /** Which files, by their path from the root. */
  readonly files: RegExp;
  readonly runtimes: readonly Runtime[];
  /** Shown beside the count of the files, whenever all tests run. */
  readonly why: string;
  /** Whether the files use nothing of a runtime but its engine: no module of it, no server, no client. */
  readonly isBare?: true;
}

/** Folders and files, by how their paths begin, of tests that compute much and use nothing of a runtime but its engine. */
const BARE: readonly string[] = [
  "apps/fake/src/validate/sdk-bodies",
  "apps/fake/test/bodies/offences",
  "apps/fake/test/capabilities",
  "apps/fake/test/evidence",
  "apps/fake/test/model-hints",
  "apps/fake/test/order",
  "apps/fake/test/permissions/permissions",
  "apps/fake/test/permissions/recorded-permissions",
  "apps/fake/test/prototype-names",
  "apps/fake/test/scenario-forms",
  "packages/auth/src/iam/policy/",
  "packages/auth/test/diagnose/",
  "packages/fetch/test/recorded-cases",
];

/** All others run on each runtime. */
export const TEST_RUNTIMES: readonly TestRuntimes[] = [
  { files: /^scripts\/(?!runtime\.test\.ts$)/, runtimes: ["bun"], why: "Bun alone runs the scripts" },
  {
    files: /\/test\/size\.test\.ts$/,
    runtimes: ["bun"],
    why: "what is measured is what esbuild makes, wherever it is started",
  },
  {
    files: new RegExp(`^(?:${BARE.join("|")})`),
    runtimes: ["bun", "node"],
    why: "our own code alone, on the engine that Deno has as well",
    isBare: true,
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
