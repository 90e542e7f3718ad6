import { describe, expect, test } from "vitest";
import { countRun, type VitestReport } from "./count-run.ts";

const title = "currentRuntime() is bun";
const proof = { title, fullName: title, status: "passed" };
const skipped = (fullName: string) => ({ title: fullName, fullName, status: "skipped" });

const good: VitestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
  numFailedTestSuites: 0,
  testResults: [{ name: "/x/runtime.test.ts", status: "passed", assertionResults: [proof] }],
};

describe("countRun()", () => {
  test("takes over what passed and adds what was skipped to what is to do", () => {
    expect(countRun(good, 0, "bun")).toEqual({ passed: 5, failed: 0, skipped: 3, problems: [], skippedFor: new Map() });
  });

  test("says for what tests were skipped", () => {
    const assertionResults = [proof, skipped("a (skipped: no browser) b"), skipped("a (skipped: no browser) c")];
    const report = { ...good, testResults: [{ name: "x", status: "passed", assertionResults }] };
    expect(countRun(report, 0, "bun")).toMatchObject({ problems: [], skippedFor: new Map([["no browser", 2]]) });
  });

  test("does not count failed tests twice", () => {
    const report = { ...good, numFailedTests: 2, numFailedTestSuites: 1 };
    expect(countRun(report, 1, "bun")).toMatchObject({ passed: 5, failed: 2, problems: [] });
  });

  test.each<[string, VitestReport | undefined, number]>([
    ["left no report", undefined, 134],
    ["left no report and ended well", undefined, 0],
    ["ended badly although every test passed", good, 1],
    ["has a failed suite but no failed test", { ...good, numFailedTestSuites: 1 }, 0],
    ["shows no runtime", { ...good, testResults: [] }, 0],
    [
      "skipped the runtime test",
      {
        ...good,
        testResults: [
          {
            name: "x",
            status: "passed",
            assertionResults: [{ ...proof, fullName: "x (skipped: y)", status: "skipped" }],
          },
        ],
      },
      0,
    ],
    [
      "skips a test and does not say why",
      { ...good, testResults: [{ name: "x", status: "passed", assertionResults: [proof, skipped("renders")] }] },
      0,
    ],
    [
      "expected another runtime",
      {
        ...good,
        testResults: [
          { name: "x", status: "passed", assertionResults: [{ ...proof, title: "currentRuntime() is node" }] },
        ],
      },
      0,
    ],
    [
      "has a file that did not load",
      {
        ...good,
        testResults: [...good.testResults, { name: "/x/a.test.ts", status: "failed", assertionResults: [] }],
        numFailedTestSuites: 1,
      },
      1,
    ],
  ])("counts a run as one failure that %s", (_, report, status) => {
    const { failed, problems } = countRun(report, status, "bun");
    expect(failed).toBe(1);
    expect(problems).toHaveLength(1);
  });

  test("counts a run as failed that ran nothing", () => {
    const report = { ...good, numPassedTests: 0, testResults: [] };
    expect(countRun(report, 0, "bun").failed).toBeGreaterThan(0);
  });
});
