import { OPERATIONS } from "../../operations/operations.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { FIRST_STATE } from "../../settings/scenario/scenario-state.ts";
import { MESSAGE_OPERATIONS } from "../read/message-operations.ts";
import { impliesConditions, type Conditions, conditionsOf } from "./implies.ts";

/** A row that no request meets. */
export interface UnreachableRow {
  /** Its place among all rows. */
  readonly index: number;
  /** Where in the row the cause stands; empty for the whole. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;
}

type Problem = Omit<UnreachableRow, "index">;

/** What a row cannot ask for. */
type FindProblem = (row: ScenarioRow, states: ReadonlySet<string>) => Problem | undefined;

const IMPOSSIBLE: readonly FindProblem[] = [
  ({ state }, states) =>
    state?.was === undefined || states.has(state.was)
      ? undefined
      : {
          path: "state.was",
          found: `the state ${JSON.stringify(state.was)}`,
          expected: `${FIRST_STATE}, or a state that another row becomes`,
          fix: "let a row become it",
        },
  ({ when }) =>
    when?.turn === 1 && when.toolResult !== undefined
      ? {
          path: "when.toolResult",
          found: "a result of a tool in Claude's first turn",
          expected: "a later turn: Claude calls a tool before it returns something",
          fix: "leave turn or toolResult out",
        }
      : undefined,
  ({ when }) => {
    if (when?.provider === undefined) return undefined;
    const wanted = when.operation === undefined ? MESSAGE_OPERATIONS : [when.operation].flat();
    const has = OPERATIONS.some(({ name, provider }) => provider === when.provider && wanted.includes(name));
    if (has) return undefined;
    return {
      path: "when.operation",
      found: `${wanted.join(", ")} of ${when.provider}`,
      expected: "an operation that the provider has",
      fix: "name another operation, or another provider",
    };
  },
  ({ when }) => {
    if (when?.operation === undefined) return undefined;
    const reads = (["text", "turn", "toolResult"] as const).find(
      (name) => when[name] !== undefined && when[name] !== 1,
    );
    if (reads === undefined || [when.operation].flat().some((name) => TAKES_MESSAGES.has(name))) return undefined;
    return {
      path: `when.${reads}`,
      found: `${reads} beside ${[when.operation].flat().join(", ")}`,
      expected: "an operation that takes messages",
      fix: `leave ${reads} out`,
    };
  },
];

/** Operations whose body holds messages: those that answer one, and those that count one. */
const TAKES_MESSAGES: ReadonlySet<string> = new Set([...MESSAGE_OPERATIONS, "CountTokens"]);

/**
 * Finds the rows that no request meets: what they ask for cannot be, or a row before them answers all of it.
 *
 * @param rows The rows in the order in which they are asked.
 * @param nameOf What a row is called.
 * @returns At most one cause for each row.
 */
export function findUnreachable(rows: readonly ScenarioRow[], nameOf: (index: number) => string): UnreachableRow[] {
  const states = new Set([FIRST_STATE, ...rows.flatMap(({ state }) => state?.becomes ?? [])]);
  // Those that answer all that fits them, and may leave nothing for those behind them.
  const greedy: GreedyRow[] = [];
  return rows.flatMap((row, index) => {
    const wanted = conditionsOf(row.when);
    const shadow = greedy.find((earlier) => answersAllOf(earlier, row, wanted));
    if (alwaysAnswers(row)) greedy.push({ index, wanted, was: row.state?.was });
    for (const find of IMPOSSIBLE) {
      const problem = find(row, states);
      if (problem !== undefined) return [{ index, ...problem }];
    }
    if (shadow === undefined) return [];
    const found = `a row behind ${nameOf(shadow.index)}, which answers all that fits it`;
    return [
      {
        index,
        path: "",
        found,
        expected: "a row that is asked",
        fix: "put it before that one, or limit that one by times",
      },
    ];
  });
}

/** A row without a reply answers only where its fault strikes; a function may decline. */
const alwaysAnswers = ({ times, reply, timing }: ScenarioRow): boolean =>
  times === undefined && typeof reply !== "function" && (reply !== undefined || timing !== undefined);

interface GreedyRow {
  readonly index: number;
  readonly wanted: Conditions;
  readonly was: string | undefined;
}

const answersAllOf = (earlier: GreedyRow, { state }: ScenarioRow, wanted: Conditions): boolean =>
  (earlier.was === undefined || earlier.was === state?.was) && impliesConditions(wanted, earlier.wanted);
