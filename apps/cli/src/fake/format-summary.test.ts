import type { Report } from "@claude-on-aws/fake/server";
import { describe, expect, test } from "vitest";
import { formatSummary } from "./format-summary.ts";

const report: Report = {
  exchanges: 3,
  dropped: 0,
  passed: 2,
  warned: 0,
  failed: 1,
  clients: [
    {
      client: "curl/7.88.1",
      exchanges: 3,
      answeredInferences: 3,
      rules: [
        {
          rule: "user-agent-present",
          group: "headers",
          level: "fail",
          what: "is kept",
          source: "a page",
          passed: 3,
          broken: 0,
        },
        {
          rule: "no-cookie",
          group: "headers",
          level: "fail",
          what: "is broken",
          source: "a page",
          passed: 1,
          broken: 2,
          first: {
            exchange: "1",
            request: "POST /v1/messages",
            message: "One line\nmore",
            fix: "Mend it.",
            diagnosis: [],
          },
        },
      ],
    },
  ],
};

describe("formatSummary()", () => {
  test("is one line where nothing is broken", () => {
    expect(formatSummary({ ...report, exchanges: 0, clients: [], passed: 0, failed: 0 })).toEqual([
      "No exchange was seen.",
    ]);
  });

  test("names each rule that is broken, and by whom", () => {
    expect(formatSummary(report)).toEqual([
      "3 exchanges of 1 client: 1 rule failed, 0 warned, 2 passed",
      "  fail  no-cookie (2 of 3) by curl/7.88.1: One line",
    ]);
  });

  test("says what could not be judged", () => {
    expect(formatSummary({ ...report, dropped: 7 }).slice(1, 3)).toEqual([
      "7 exchanges dropped before they could be judged.",
      "--max-exchanges keeps more of them.",
    ]);
  });
});
