/** What is wrong with a configuration: it is no JSON, a key is unknown or missing, a value does not fit, a policy cannot be used. */
export type ConfigurationErrorCode =
  | "CONFIGURATION_JSON"
  | "CONFIGURATION_KEY"
  | "CONFIGURATION_VALUE"
  | "CONFIGURATION_POLICY";

/** What {@link ConfigurationError} knows. */
export interface ConfigurationErrorFacts {
  /** Where in the configuration, such as `principals[0].policies[1]`. Empty for the whole. */
  readonly path: string;
  /** Never a secret. */
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** A configuration that cannot be used. */
export class ConfigurationError extends SyntaxError {
  override readonly name: string = "ConfigurationError";
  readonly code: ConfigurationErrorCode;
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;

  constructor(code: ConfigurationErrorCode, { path, found, expected, fix, cause }: ConfigurationErrorFacts) {
    super(
      `Cannot use configuration${path === "" ? "" : ` at ${path}`}: found ${found}, expected ${expected}; ${fix}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.path = path;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
  }
}
