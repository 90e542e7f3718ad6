/** Families of {@link FakeErrorCode}, and what could not be done. */
const FAILED = {
  CONFIGURATION: "Cannot use configuration",
  SCENARIO: "Cannot read scenario",
} as const;

/**
 * What is wrong with what a user wrote.
 *
 * | code | meaning |
 * |---|---|
 * | `CONFIGURATION_JSON` | a configuration is not JSON, or too deeply nested |
 * | `CONFIGURATION_KEY` | it has a key that is unknown, or lacks one |
 * | `CONFIGURATION_VALUE` | a value does not fit |
 * | `CONFIGURATION_POLICY` | a policy in it cannot be used |
 * | `SCENARIO_JSON` | a scenario is not JSON, or too deeply nested |
 * | `SCENARIO_KEY` | it has a key that is unknown, or lacks one |
 * | `SCENARIO_VALUE` | a value does not fit |
 */
export type InputErrorCode =
  | "CONFIGURATION_JSON"
  | "CONFIGURATION_KEY"
  | "CONFIGURATION_VALUE"
  | "CONFIGURATION_POLICY"
  | "SCENARIO_JSON"
  | "SCENARIO_KEY"
  | "SCENARIO_VALUE";

/**
 * Everything for which the fake throws: these, and what is wrong with what a user wrote.
 *
 * | code | meaning |
 * |---|---|
 * | `RULE_BROKEN` | a client broke a rule that AWS holds clients to; only in tests that ask for it |
 * | `GATEWAY_UNREACHED` | a gateway cannot be checked: it does not answer a plain request with what the fake says |
 */
export type FakeErrorCode = InputErrorCode | "RULE_BROKEN" | "GATEWAY_UNREACHED";

/** Where something is wrong that a user wrote, and what to do about it. */
export interface InputErrorDetails {
  /** The file that it stands in, where there are several. */
  readonly file?: string | undefined;
  /** Where in the text, such as `principals[0].policies[1]`. Empty for the whole. */
  readonly path: string;
  /** Never a secret. */
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  readonly cause?: unknown;
}

/**
 * What the fake throws: on a configuration or a scenario that cannot be used, and, in tests, on a client that broke a rule.
 *
 * @example Usage
 * ```ts
 * import { FakeError, parseScenario } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * try {
 *   parseScenario("{}");
 * } catch (error) {
 *   equal(error instanceof FakeError && error.code, "SCENARIO_KEY");
 * }
 * ```
 */
export class FakeError extends Error {
  override readonly name: string = "FakeError";
  readonly code: FakeErrorCode;
  /** The file that it stands in; empty where there is but one text. */
  readonly file: string;
  /** Where in the text that a user wrote; empty for the whole, and for a rule that was broken. */
  readonly path: string;
  /** Never a secret. */
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;

  /** @param message What to say in place of the sentence that the details make. */
  constructor(
    code: FakeErrorCode,
    { file = "", path, found, expected, fix, cause }: InputErrorDetails,
    message: string = sentence(code, { file, path, found, expected, fix }),
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.file = file;
    this.path = path;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
  }

  /** The same of a file. */
  inFile(file: string): FakeError {
    return file === "" ? this : new FakeError(this.code, { ...this, file, cause: this.cause });
  }
}

function sentence(
  code: FakeErrorCode,
  { file = "", path, found, expected, fix }: Omit<InputErrorDetails, "cause">,
): string {
  const failed = code.startsWith("SCENARIO_") ? FAILED.SCENARIO : FAILED.CONFIGURATION;
  return `${failed}${file === "" ? "" : ` ${file}`}${path === "" ? "" : ` at ${path}`}: found ${found}, expected ${expected}; ${fix}`;
}
