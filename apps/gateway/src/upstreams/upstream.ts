import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { ClaudeFetch, Header } from "@claude-on-aws/fetch";

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
   * Sends with a caller's own key in place of the gateway's credentials.
   *
   * @default {a caller's own key goes nowhere: its requests are refused here}
   */
  readonly fetchWithKey?: ((key: Header) => ClaudeFetch) | undefined;
  /**
   * Patterns of the models that it serves; a `*` stands for any characters.
   *
   * @default {null: all of them}
   */
  readonly models?: readonly string[] | null | undefined;
  /**
   * Says why requests could not be authenticated for it; `undefined` where they can. Sends nothing to the service itself.
   *
   * @default {it is not asked}
   */
  readonly findProblem?: (() => Promise<string | undefined>) | undefined;
}
