import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exchangeOf, madeRequest, madeRows } from "../../../test/support/made-scenarios.ts";
import { compileRow } from "../match/compile-row.ts";
import { RequestFacts } from "../match/request-facts.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { FIRST_STATE } from "../../settings/scenario/scenario-state.ts";
import { findUnreachable } from "./find-unreachable.ts";

const YES = { reply: { text: "yes" } } as const;
const found = (...rows: ScenarioRow[]): string[] =>
  findUnreachable(rows, (index) => `row ${index}`).map(({ index, path }) =>
    path === "" ? `${index}` : `${index} ${path}`,
  );

type When = ScenarioRow["when"];

describe("findUnreachable()", () => {
  test.each<[earlier: When, later: When]>([
    [undefined, { text: "a" }],
    [{}, { operation: "Converse" }],
    [{ text: "a" }, { text: "ba" }],
    [{ text: { pattern: "a" } }, { text: { pattern: "a" } }],
    [{ operation: ["Converse", "ConverseStream"] }, { operation: "Converse", turn: 2 }],
    [{ model: "claude-*" }, { model: "claude-opus-5" }],
    [{ headers: { "X-A": true } }, { headers: { "x-a": "b", "x-c": "d" } }],
    [{ userAgent: "sdk" }, { userAgent: "sdk/1", turn: 1 }],
    [{ toolResult: {} }, { toolResult: { name: "a", text: "b" } }],
    [{ toolResult: { text: "b" } }, { toolResult: { name: "a", text: "ab" } }],
    [{ text: "a" }, { text: "a", call: 3 }],
  ])("finds that %j leaves nothing for %j", (earlier, later) => {
    expect(found({ when: earlier, ...YES }, { when: later, ...YES })).toEqual(["1"]);
  });

  test.each<[earlier: ScenarioRow, later: ScenarioRow]>([
    [{ times: 1, ...YES }, YES],
    [{ when: { call: 1 }, ...YES }, YES],
    [{ reply: () => undefined }, YES],
    [{ fault: { kind: "throttle" } }, YES],
    [{ state: { was: "started", becomes: "b" }, ...YES }, YES],
    [
      { when: { text: "ba" }, ...YES },
      { when: { text: "a" }, ...YES },
    ],
    [
      { when: { text: /a/ }, ...YES },
      { when: { text: /b/ }, ...YES },
    ],
    [
      { when: { matches: () => true }, ...YES },
      { when: { matches: () => true }, ...YES },
    ],
    [
      { when: { model: "claude-opus-5" }, ...YES },
      { when: { model: "claude-*" }, ...YES },
    ],
    [
      { when: { toolResult: { name: "a" } }, ...YES },
      { when: { toolResult: {} }, ...YES },
    ],
    [YES, { when: { operation: "ListModels" }, reply: { throttle: {} } }],
    [{ when: { operation: "Converse" }, ...YES }, YES],
  ])("finds nothing where %j comes before %j", (earlier, later) => {
    expect(found(earlier, later)).toEqual([]);
  });

  test("finds that a row in the same state leaves nothing", () => {
    expect(found({ state: { was: "started", becomes: "b" }, ...YES }, { state: { was: "started" }, ...YES })).toEqual([
      "1",
    ]);
  });

  test.each<[row: ScenarioRow, path: string]>([
    [{ state: { was: "nowhere" }, ...YES }, "state.was"],
    [{ when: { turn: 1, toolResult: {} }, ...YES }, "when.toolResult"],
    [{ when: { provider: "anthropic-aws", operation: "Converse" }, ...YES }, "when.operation"],
    [{ when: { operation: "ListModels", text: "a" }, reply: { throttle: {} } }, "when.text"],
  ])("finds that %j asks for what cannot be", (row, path) => {
    expect(found(row)).toEqual([`0 ${path}`]);
  });

  test("finds no row that answers a request", () => {
    fc.assert(
      fc.property(madeRows, fc.array(madeRequest, { minLength: 1, maxLength: 8 }), (made, requests) => {
        const rows = made.map((row): ScenarioRow => ({ ...row, ...YES }));
        const unreachable = new Set(findUnreachable(rows, String).map(({ index }) => index));
        for (const asked of requests) {
          const facts = new RequestFacts(exchangeOf(asked));
          const first = rows.findIndex(
            (row) => (row.state?.was ?? FIRST_STATE) === FIRST_STATE && compileRow(row, "").fits(facts),
          );
          expect(unreachable).not.toContain(first);
        }
      }),
      soakProperty(20_000, 300),
    );
  });
});
