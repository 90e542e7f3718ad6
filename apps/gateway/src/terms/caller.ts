import type { Header } from "@claude-on-aws/fetch";

/** How a caller proved who it is. */
export type CallerProof = "token" | "jwt" | "front-end" | "own-key";

/** What a caller may do. Null stands for no limit of its own. */
export interface CallerLimits {
  /** Patterns of the models that it may ask for, as written by the operator; a `*` stands for any characters. */
  readonly models: readonly string[] | null;
  /** Names of the upstreams that its requests may go to. */
  readonly upstreams: readonly string[] | null;
  /** Requests that it may have under way at once. */
  readonly maxConcurrent: number | null;
}

/** Who asks. */
export interface Caller {
  /** What the operator calls it: the name of a token, the subject of a JWT. It stands in the audit and in metrics. */
  readonly name: string;
  readonly proof: CallerProof;
  /** Names under which budgets are pooled. */
  readonly groups: readonly string[];
  readonly limits: CallerLimits;
  /** The caller's own key where the configuration lets it through to the service; null otherwise. */
  readonly ownKey: Header | null;
}
