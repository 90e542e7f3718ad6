import { InputError, type InputErrorFacts } from "./input-error.ts";

/** What is wrong with a scenario: it is no JSON, a key is unknown or missing, a value does not fit. */
export type ScenarioErrorCode = "SCENARIO_JSON" | "SCENARIO_KEY" | "SCENARIO_VALUE";

/** What {@link ScenarioError} knows. */
export type ScenarioErrorFacts = InputErrorFacts;

/** A scenario that cannot be read. */
export class ScenarioError extends InputError<ScenarioErrorCode> {
  override readonly name: string = "ScenarioError";

  constructor(code: ScenarioErrorCode, facts: ScenarioErrorFacts) {
    super("Cannot read scenario", code, facts);
  }
}
