/** What is wrong with a scenario: it is no JSON, a key is unknown or missing, a value does not fit. */
export type ScenarioErrorCode = "SCENARIO_JSON" | "SCENARIO_KEY" | "SCENARIO_VALUE";

/** What {@link ScenarioError} knows. */
export interface ScenarioErrorFacts {
  /** Where in the scenario, such as `replies[0].when`. Empty for the whole. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** A scenario that cannot be read. */
export class ScenarioError extends SyntaxError {
  override readonly name: string = "ScenarioError";
  readonly code: ScenarioErrorCode;
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;

  constructor(code: ScenarioErrorCode, { path, found, expected, fix, cause }: ScenarioErrorFacts) {
    super(
      `Cannot read scenario${path === "" ? "" : ` at ${path}`}: found ${found}, expected ${expected}; ${fix}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.path = path;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
  }
}
