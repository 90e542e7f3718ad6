import { matchesWildcards } from "@claude-on-aws/endpoints";
import type { ScenarioToolResult, ScenarioWhen } from "../../settings/scenario/scenario-when.ts";
import type { ScenarioText } from "../../settings/scenario/scenario-text.ts";
import { compileText } from "./compile-text.ts";
import type { NamedToolResult, RequestFacts } from "./request-facts.ts";

/** Tells whether a request fits. */
export type Test = (facts: RequestFacts) => boolean;

/** Names of the conditions that look at one request alone. `call` looks at those before it, too. */
export type ConditionName = Exclude<keyof ScenarioWhen, "call">;

/** A condition: how it is tested, and by which values its rows can be looked up. */
export interface Condition<Wanted> {
  /** @throws {FakeError} `SCENARIO_VALUE` where it cannot be tested. */
  readonly compile: (wanted: Wanted, path: string) => Test;
  /** Values of which a request that fits has one; `undefined` where the condition names none. */
  readonly keys?: ((wanted: Wanted) => readonly string[] | undefined) | undefined;
  /** The values that a request has. */
  readonly keysOf?: ((facts: RequestFacts) => readonly string[]) | undefined;
}

type Conditions = { readonly [Name in ConditionName]-?: Condition<Exclude<ScenarioWhen[Name], undefined>> };

/** Every condition of a row. */
export const CONDITIONS: Conditions = {
  provider: {
    compile: (provider) => (facts) => facts.request.provider === provider,
    keys: (provider) => [provider],
    keysOf: (facts) => [facts.request.provider],
  },
  operation: {
    compile: (operation) => {
      const names = new Set([operation].flat());
      return (facts) => names.has(facts.request.operation);
    },
    keys: (operation) => [operation].flat(),
    keysOf: (facts) => [facts.request.operation],
  },
  model: {
    compile: (model) => (facts) => facts.models.some((id) => matchesWildcards(model, id)),
    keys: (model) => (model.includes("*") ? undefined : [model]),
    keysOf: (facts) => facts.models,
  },
  turn: {
    compile: (turn) => (facts) => facts.turn === turn,
    keys: (turn) => [String(turn)],
    keysOf: (facts) => [String(facts.turn)],
  },
  toolResult: {
    compile: (wanted, path) => {
      const fits = compileToolResult(wanted, path);
      return (facts) => facts.toolResults.some(fits);
    },
    keys: ({ name }) => (name === undefined ? undefined : [name]),
    keysOf: (facts) => facts.toolResults.flatMap(({ name }) => (name === undefined ? [] : [name])),
  },
  // Rows with a literal are looked up by it: see `NeedleIndex`.
  text: {
    compile: (wanted, path) => {
      const fits = compileText(wanted, path);
      return (facts) => fits(facts.request.text);
    },
  },
  userAgent: { compile: (wanted, path) => compileHeader("user-agent", wanted, path) },
  headers: {
    compile: (wanted, path) => {
      const tests = Object.entries(wanted).map(([name, value]) =>
        compileHeader(name.toLowerCase(), value, `${path}.${name}`),
      );
      return (facts) => tests.every((test) => test(facts));
    },
  },
  matches: { compile: (matches) => (facts) => matches(facts.request) },
};

function compileHeader(name: string, wanted: ScenarioText | true, path: string): Test {
  if (wanted === true) return (facts) => facts.header(name).length > 0;
  const fits = compileText(wanted, path);
  return (facts) => facts.header(name).some(fits);
}

function compileToolResult(
  { name, text, isError }: ScenarioToolResult,
  path: string,
): (result: NamedToolResult) => boolean {
  const fits = text === undefined ? undefined : compileText(text, `${path}.text`);
  return (result) =>
    (name === undefined || result.name === name) &&
    (isError === undefined || result.isError === isError) &&
    (fits === undefined || fits(result.text));
}
