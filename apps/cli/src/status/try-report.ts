import type { PolicyStatement } from "@claude-on-aws/auth/iam";

/** What `status --try` found out. Its shape is stable. */
export interface TryReport {
  /** Whether the service answered. */
  readonly ok: boolean;
  /** HTTP status; null where nothing was sent, and where nothing came back. */
  readonly status: number | null;
  /** The id that the service gave the request; null where it gave none. */
  readonly requestId: string | null;
  /** What is to blame, and why; null where the service answered. */
  readonly cause: string | null;
  /** The way out; null where the service answered. */
  readonly fix: string | null;
  /** What was sent: tokens to be counted, or a message of one token; null where nothing was. */
  readonly sent: "count_tokens" | "message" | null;
  /** What of the set-up is to blame, such as `key`, `workspace`, `policy`, `model access`, `region` or `profile`. */
  readonly subject: string | null;
  /** The entry that this has in the page of troubles. */
  readonly code: string | null;
  /** The `error.type` of the Claude API, or the exception of AWS. */
  readonly type: string | null;
  /** In the words of the service. */
  readonly message: string | null;
  /** What a policy lacks, as statements of IAM; empty for everything else. */
  readonly statements: readonly PolicyStatement[];
}
