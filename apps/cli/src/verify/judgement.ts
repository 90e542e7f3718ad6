/** What a check found. */
export interface VerifyFinding {
  /** Identifier of the rule. */
  readonly rule: "authentication";
  readonly level: "pass" | "warn" | "fail";
  readonly message?: string;
}

/** A mistake with its way out. */
export interface NamedMistake {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** Whether a request would be let in, and why not. */
export interface Judgement {
  readonly ok: boolean;
  readonly findings: readonly VerifyFinding[];
  readonly diagnosis: readonly NamedMistake[];
  /** What should have been signed, and what was, for people to compare. */
  readonly canonical?: { readonly expected: string; readonly signed: string | undefined };
}
