import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { ClaudeFetch } from "@claude-on-aws/fetch";

/** A service that requests go to. */
export interface Upstream {
  /** What the operator calls it. */
  readonly name: string;
  readonly provider: AwsProvider;
  readonly region: string;
  /**
   * The workspace of Claude Platform on AWS that it sends to, for the clients that want to name it.
   *
   * @default {null: it is not known, or there is none}
   */
  readonly workspaceId?: string | null | undefined;
  /** Sends in the form of the Messages API, or in Bedrock's own to Bedrock. */
  readonly fetch: ClaudeFetch;
  /**
   * Says why requests could not be authenticated for it; `undefined` where they can. Sends nothing to the service itself.
   *
   * @default {it is not asked}
   */
  readonly findProblem?: (() => Promise<string | undefined>) | undefined;
}
