import type { AwsProvider, Plane } from "../aws-provider.ts";
import type { ResourceName } from "../resource-arns.ts";

/** One route of a service, and what a policy must allow for it. */
export interface Route {
  readonly provider: AwsProvider;
  /** Which hosts of Amazon Bedrock serve it; absent for the services that have one host. */
  readonly plane?: Plane;
  /**
   * Set where only an address of one's own has it, as behind a base URL that was replaced: the hosts of AWS answer that
   * there is no such route.
   */
  readonly onlyBehindBaseUrl?: true;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path; a name in braces stands for one segment, in which `/` is sent as `%2F`. */
  readonly path: string;
  /** The operation, as AWS and Anthropic name it; if neither does, the action without its prefix. */
  readonly operation: string;
  /** The action with its service prefix. */
  readonly action: string;
  /** Kinds of resources that a statement may name; empty if only `*` will do, absent if they have nothing to do with Claude. */
  readonly resources?: readonly ResourceName[];
  /** The kind of CloudTrail event that a call leaves; absent if it is not documented. */
  readonly event?: "Data" | "Management";
}
