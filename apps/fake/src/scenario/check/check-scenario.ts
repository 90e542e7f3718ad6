import type { FakeErrorCode } from "../../input/fake-error.ts";
import { extendScenario, type ParseScenarioOptions } from "../read/extend-scenario.ts";
import { findIdleFaults } from "./find-idle-faults.ts";
import { findUnreachable } from "./find-unreachable.ts";

/** What is wrong with a scenario. */
export interface ScenarioProblem {
  /** `ROW_UNREACHABLE` for a row that no request meets, `FAULT_UNREACHABLE` for a fault that strikes no request of its row. */
  readonly code: FakeErrorCode | "ROW_UNREACHABLE" | "FAULT_UNREACHABLE";
  /** The path of the file, as it was given. */
  readonly file: string;
  /** Where in the file, such as `replies[0].when`; empty for the whole. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
}

/** What a check says of a scenario. */
export interface ScenarioCheck {
  /** How many rows it has, with those that it extends. */
  readonly rows: number;
  readonly problems: readonly ScenarioProblem[];
}

/**
 * Says what is wrong with a scenario: all of what `parseScenario` refuses, at most one thing of each row; and where that is
 * nothing, each row that no request can meet, and each fault that can strike no request of its row.
 *
 * @example A row that is never asked
 * ```ts
 * import { checkScenario } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const { problems } = checkScenario(`{
 *   "replies": [
 *     { "when": { "text": "rain" }, "reply": { "text": "It rains." } },
 *     { "when": { "text": "will it rain" }, "reply": { "text": "Yes." } }
 *   ]
 * }`);
 *
 * equal(problems[0]?.code, "ROW_UNREACHABLE");
 * equal(problems[0]?.path, "replies[1]");
 * ```
 *
 * @param json The text, JSON.
 * @param options What it is called, and how what it extends is read.
 * @returns What is wrong; no problems where it is well.
 */
export function checkScenario(json: string, options: ParseScenarioOptions = {}): ScenarioCheck {
  const { rows, problems } = extendScenario(json, options);
  if (problems.length > 0) {
    return {
      rows: rows.length,
      problems: problems.map(({ code, file, path, found, expected, fix }) => ({
        code,
        file,
        path,
        found,
        expected,
        fix,
      })),
    };
  }
  const nameOf = (index: number): string => {
    const { row, file = "", place = "" } = rows[index] ?? {};
    return row?.name === undefined
      ? `${file === (options.path ?? "") ? "" : `${file} `}${place}`
      : JSON.stringify(row.name);
  };
  const asked = rows.map(({ row }) => row);
  const unreachable = [
    ...findUnreachable(asked, nameOf).map((found) => ({ code: "ROW_UNREACHABLE", ...found }) as const),
    ...findIdleFaults(asked).map((found) => ({ code: "FAULT_UNREACHABLE", ...found }) as const),
  ];
  return {
    rows: rows.length,
    problems: unreachable.map(({ code, index, path, found, expected, fix }) => {
      const { file = "", place = "" } = rows[index] ?? {};
      return { code, file, path: path === "" ? place : `${place}.${path}`, found, expected, fix };
    }),
  };
}
