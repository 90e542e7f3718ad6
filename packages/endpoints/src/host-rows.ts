import { DUAL_STACK_DOMAIN } from "./aws-domains.ts";
import { CLAUDE_PLATFORM_SERVICE } from "./claude-services.ts";
import type { AwsProvider, Plane } from "./aws-provider.ts";

/** One kind of host. */
interface HostRow {
  readonly provider: AwsProvider;
  readonly plane?: Plane;
  /** What comes before the region, without `-fips`. */
  readonly endpoint: string;
  /** Whether there are hosts with `-fips`. */
  readonly hasFips: boolean;
  /** Domain of its public hosts, if it is not that of the region's partition. */
  readonly dnsSuffix?: string;
}

/**
 * The hosts of the three services. Those under the dual-stack domain have no other public host, in any partition. AWS documents no dual-stack name for the two of Amazon Bedrock, and no FIPS name for the
 * other two.
 *
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/bedrock.html | Amazon Bedrock endpoints and quotas}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html | Endpoints supported by Amazon Bedrock}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}
 */
export const HOST_ROWS: readonly HostRow[] = [
  { provider: "bedrock", plane: "runtime", endpoint: "bedrock-runtime", hasFips: true },
  { provider: "bedrock", plane: "control", endpoint: "bedrock", hasFips: true },
  { provider: "mantle", endpoint: "bedrock-mantle", hasFips: false, dnsSuffix: DUAL_STACK_DOMAIN },
  { provider: "anthropic-aws", endpoint: CLAUDE_PLATFORM_SERVICE, hasFips: false, dnsSuffix: DUAL_STACK_DOMAIN },
];
