import { CLAUDE_SERVICES } from "./claude-services.ts";
import { EndpointsError } from "./endpoints-error.ts";
import { HOST_ROWS } from "./host-rows.ts";
import { partitionOfRegion } from "./partition-of-region.ts";
import type { ServiceHost } from "./service-host.ts";

/**
 * Writes the name of an AWS host; the inverse of {@link parseServiceHost}.
 *
 * Region and VPC endpoint are joined as they are, so that `{region}` gives the pattern of all hosts of a kind.
 *
 * @example Usage
 * ```ts
 * import { formatServiceHost } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatServiceHost({ provider: "mantle", region: "us-east-1" }), "bedrock-mantle.us-east-1.api.aws");
 * equal(
 *   formatServiceHost({ provider: "bedrock", plane: "control", region: "us-gov-west-1", fips: true }),
 *   "bedrock-fips.us-gov-west-1.amazonaws.com",
 * );
 * ```
 *
 * @param host Whose host, and where; without a plane, Amazon Bedrock's is that of the runtime.
 * @returns The host without a port.
 * @throws {EndpointsError} `HOST_UNKNOWN` if a FIPS host is asked of a service that has none.
 */
export function formatServiceHost(host: Omit<ServiceHost, "service">): string {
  const { provider, region, plane = "runtime", fips, vpcEndpoint } = host;
  const row = HOST_ROWS.find((each) => each.provider === provider && (each.plane ?? plane) === plane);
  if (row === undefined || (fips === true && !row.hasFips)) {
    throw new EndpointsError(
      "HOST_UNKNOWN",
      `Cannot write a FIPS host of ${CLAUDE_SERVICES[provider].title}: AWS has none; leave fips out, or use Amazon Bedrock`,
      provider,
    );
  }
  const name = `${row.endpoint}${fips === true ? "-fips" : ""}.${region}`;
  const { dnsSuffix } = partitionOfRegion(region);
  return vpcEndpoint === undefined
    ? `${name}.${row.dnsSuffix ?? dnsSuffix}`
    : `${vpcEndpoint}.${name}.vpce.${dnsSuffix}`;
}
