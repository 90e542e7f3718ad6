import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { ClaudeFetch } from "@claude-on-aws/fetch";

/** A service that requests go to. */
export interface Upstream {
  /** What the operator calls it. */
  readonly name: string;
  readonly provider: AwsProvider;
  readonly region: string;
  /** Sends in the form of the Messages API, or in Bedrock's own to Bedrock. */
  readonly fetch: ClaudeFetch;
}
