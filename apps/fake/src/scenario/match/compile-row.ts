import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import type { ScenarioWhen } from "../../settings/scenario/scenario-when.ts";
import { type Condition, type ConditionName, CONDITIONS, type Test } from "./conditions.ts";

/** A row, ready to be asked. */
export interface CompiledRow {
  /** The row, as an object of its own, and with faults of its own: what is counted is counted by them. */
  readonly row: ScenarioRow;
  /** Its name, or its place. */
  readonly name: string;
  /** Whether a request is one that the row is about, whatever was answered before. */
  readonly fits: Test;
  /** Which of the requests that fit; absent where it is any. */
  readonly calls: ReadonlySet<number> | undefined;
}

const NAMES = Object.keys(CONDITIONS) as ConditionName[];

/**
 * Makes a row ready to be asked.
 *
 * @param place Where it stands, such as `replies[3]`.
 * @returns What tells whether a request fits it.
 * @throws {FakeError} `SCENARIO_VALUE` where a pattern is none.
 */
export function compileRow(row: ScenarioRow, place: string): CompiledRow {
  const { when = {} } = row;
  const tests = NAMES.flatMap((name) => compileCondition(name, when, place));
  if (when.operation === undefined) tests.unshift((facts) => facts.isMessage);
  return {
    row: ownRow(row),
    name: row.name ?? place,
    fits: (facts) => tests.every((test) => test(facts)),
    calls: when.call === undefined ? undefined : new Set([when.call].flat()),
  };
}

/** In code the same row, or the same fault, may stand in several places: in each it is another one. */
function ownRow(row: ScenarioRow): ScenarioRow {
  const { fault: faults } = row;
  return { ...row, ...(faults === undefined ? {} : { fault: [faults].flat().map((fault) => ({ ...fault })) }) };
}

function compileCondition(name: ConditionName, when: ScenarioWhen, place: string): Test[] {
  const wanted = when[name];
  return wanted === undefined ? [] : [conditionOf(name).compile(wanted, `${place}.when.${name}`)];
}

/**
 * Finds a condition by its name, as one of whatever its rows want.
 *
 * @returns The condition.
 */
export const conditionOf = (name: ConditionName): Condition<unknown> => CONDITIONS[name] as Condition<unknown>;
