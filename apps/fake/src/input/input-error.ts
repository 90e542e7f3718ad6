/** What an {@link InputError} knows. */
export interface InputErrorFacts {
  /** Where in the text, such as `principals[0].policies[1]`. Empty for the whole. */
  readonly path: string;
  /** Never a secret. */
  readonly found: string;
  readonly expected: string;
  /** What to do about it. */
  readonly fix: string;
  readonly cause?: unknown;
}

/** Something a user wrote that cannot be used: what its errors have in common. */
export abstract class InputError<Code extends string> extends SyntaxError {
  readonly code: Code;
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly fix: string;

  /** @param failed What could not be done, such as `Cannot read scenario`. */
  constructor(failed: string, code: Code, { path, found, expected, fix, cause }: InputErrorFacts) {
    super(
      `${failed}${path === "" ? "" : ` at ${path}`}: found ${found}, expected ${expected}; ${fix}`,
      cause === undefined ? {} : { cause },
    );
    this.code = code;
    this.path = path;
    this.found = found;
    this.expected = expected;
    this.fix = fix;
  }
}
