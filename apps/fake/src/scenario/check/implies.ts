import { isObject, matchesWildcards } from "@claude-on-aws/endpoints";
import type { ScenarioText } from "../../settings/scenario/scenario-text.ts";
import type { ScenarioToolResult, ScenarioWhen } from "../../settings/scenario/scenario-when.ts";
import { MESSAGE_OPERATIONS } from "../read/message-operations.ts";

/** Tells whether all that fits one condition fits another; `false` where that cannot be told. */
type Implies<Wanted> = (one: Wanted, other: Wanted) => boolean;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const text: Implies<ScenarioText> = (one, other) =>
  typeof one === "string" && typeof other === "string"
    ? one.includes(other)
    : isObject(one) && isObject(other) && "pattern" in one && isSame(one, other);

const header: Implies<ScenarioText | true> = (one, other) => other === true || (one !== true && text(one, other));

const toolResult: Implies<ScenarioToolResult> = (one, other) =>
  (other.name === undefined || one.name === other.name) &&
  (other.isError === undefined || one.isError === other.isError) &&
  (other.text === undefined || (one.text !== undefined && text(one.text, other.text)));

/** Each condition; one that may be of any kind in code, such as a function, implies itself alone. */
const IMPLIES: { readonly [Name in Exclude<keyof ScenarioWhen, "call">]-?: Implies<NonNullable<ScenarioWhen[Name]>> } =
  {
    provider: isSame,
    operation: (one, other) => [one].flat().every((name) => [other].flat().includes(name)),
    model: (one, other) => one === other || (!one.includes("*") && matchesWildcards(other, one)),
    text,
    turn: isSame,
    toolResult,
    userAgent: text,
    headers: (one, other) => {
      const given = new Map(Object.entries(one).map(([name, value]) => [name.toLowerCase(), value]));
      return Object.entries(other).every(([name, wanted]) => {
        const value = given.get(name.toLowerCase());
        return value !== undefined && header(value, wanted);
      });
    },
    matches: (one, other) => one === other,
  };

/** The conditions of a row, ready to be compared: of operations, those that are meant where none is named. */
export interface Conditions {
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly counts: boolean;
}

/**
 * Makes conditions ready to be compared with many others.
 *
 * @returns What a request must be like, with what is meant where nothing is said.
 */
export function conditionsOf({ call, ...when }: ScenarioWhen = {}): Conditions {
  const given = Object.entries(when).filter(([, item]) => item !== undefined);
  return { conditions: new Map([["operation", MESSAGE_OPERATIONS], ...given]), counts: call !== undefined };
}

/**
 * Tells whether every request that fits one condition fits another.
 *
 * @returns `false` where one does not, or where that cannot be told.
 */
export function impliesConditions(one: Conditions, other: Conditions): boolean {
  if (other.counts || other.conditions.size > one.conditions.size) return false;
  for (const [name, wanted] of other.conditions) {
    const given = one.conditions.get(name);
    const implies = IMPLIES[name as keyof typeof IMPLIES] as Implies<unknown>;
    if (given === undefined || (given !== wanted && !implies(given, wanted))) return false;
  }
  return true;
}
