import type { DiagnosisCode } from "@claude-on-aws/auth/diagnose";

/** What a check found. */
export interface VerifyFinding {
  /** Identifier of the rule. */
  readonly rule: "authentication" | "body" | "recorded" | "session-token" | "signature-in-query";
  readonly level: "pass" | "warn" | "fail";
  readonly message?: string;
}

/** A mistake in how a request without a signature proves who sent it. */
export type KeyMistakeCode =
  | "AUTHORIZATION_MISSING"
  | "AUTHORIZATION_MALFORMED"
  | "AS_RECORDED"
  | "BOTH_AUTH_HEADERS"
  | "KEY_EXPIRED"
  | "KEY_MALFORMED"
  | "KEY_OF_WRONG_FAMILY"
  | "KEY_REDACTED"
  | "KEY_UNKNOWN"
  | "KEY_WHITESPACE";

/** A mistake with its way out. */
export interface NamedMistake {
  readonly code: DiagnosisCode | KeyMistakeCode;
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
