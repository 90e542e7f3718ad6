import { type Runtime, runtimeTestTitle } from "../shared/current-runtime.ts";
import type { TestCount } from "./test-count.ts";

/** What is read of the report of vitest's json reporter. */
export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly fullName: string;
      readonly status: string;
    }[];
  }[];
}

/** A run counted, and what is wrong with it beyond failed tests. */
export interface RunCount extends TestCount {
  readonly problems: readonly string[];
  /** Why tests were skipped, and how many for each reason. */
  readonly skippedFor: ReadonlyMap<string, number>;
}

/** A title says why its tests are skipped: `renders (skipped: there is no browser)`. */
const SKIPPED_FOR = /\(skipped: ([^)]+)\)/;

/**
 * Counts one run of all tests. What hides failures counts as one: a run that left no report, ran nothing, was on
 * another runtime, has a file that did not load, skips a test without a reason in its title, or ended badly for a
 * reason that is no test's.
 *
 * @param report The parsed report; undefined where there is none.
 * @param status Exit status of the run.
 * @param runtime The runtime that the run was started for.
 */
export function countRun(report: VitestReport | undefined, status: number, runtime: Runtime): RunCount {
  if (report === undefined) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      problems: [`the run left no report (exit status ${status})`],
      skippedFor: new Map(),
    };
  }
  const files = report.testResults;
  const problems = files
    .filter((file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"))
    .map((file) => `${file.name} failed outside of its tests`);
  if (report.numPassedTests + report.numFailedTests === 0) problems.push("no test ran");
  const title = runtimeTestTitle(runtime);
  const tests = files.flatMap((file) => file.assertionResults);
  if (!tests.some((test) => test.title === title && test.status !== "skipped" && test.status !== "pending")) {
    problems.push(`the test "${title}" did not run, so nothing shows on which runtime the others ran`);
  }
  const skippedFor = new Map<string, number>();
  for (const { fullName, status: outcome } of tests) {
    if (outcome !== "skipped" && outcome !== "pending" && outcome !== "todo") continue;
    const [, reason] = SKIPPED_FOR.exec(fullName) ?? [];
    if (reason === undefined) problems.push(`"${fullName}" is skipped, and no title says "(skipped: reason)"`);
    else skippedFor.set(reason, (skippedFor.get(reason) ?? 0) + 1);
  }
  const endedBadly = status !== 0 || report.numFailedTestSuites > 0;
  if (endedBadly && report.numFailedTests === 0 && problems.length === 0) {
    problems.push(`the run ended with exit status ${status} although no test failed`);
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + problems.length,
    skipped: report.numPendingTests + report.numTodoTests,
    problems,
    skippedFor,
  };
}
