import { expect, test } from "vitest";
import { formatOutcome } from "./report.ts";

test.each([
  [{ name: "a", problems: [] }, "ok      a"],
  [{ name: "a", problems: [], note: "4 KB" }, "ok      a: 4 KB"],
  [{ name: "a", problems: [], note: "not installed", skipped: true }, "skipped a: not installed"],
  [{ name: "a", problems: ["one\ntwo\n", "three"] }, "failed  a\n        one\n          two\n        three"],
])("writes %j", (outcome, text) => {
  expect(formatOutcome(outcome)).toBe(text);
});
