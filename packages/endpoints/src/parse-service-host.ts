import { CLAUDE_SERVICES } from "./claude-services.ts";
import { HOST_ROWS } from "./host-rows.ts";
import { PARTITIONS } from "./partitions.ts";
import type { ServiceHost } from "./service-host.ts";

/**
 * Reads the name of an AWS host: whose it is, what a request to it is signed for, and which routes it serves.
 *
 * Public hosts, FIPS hosts and the names of VPC interface endpoints are known, in every partition. Case does not matter,
 * nor do a port and the dot of a fully qualified name. The region is taken as it is written: it may be newer than any
 * table.
 *
 * @example Usage
 * ```ts
 * import { parseServiceHost } from "@claude-on-aws/endpoints";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(parseServiceHost("bedrock-runtime.eu-west-1.amazonaws.com:443"), {
 *   provider: "bedrock",
 *   service: "bedrock",
 *   region: "eu-west-1",
 *   plane: "runtime",
 * });
 * ```
 *
 * @param host The host, with or without a port.
 * @returns What the name says; `undefined` if it is not a host of these services. Never throws.
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/bedrock.html | Amazon Bedrock endpoints and quotas}
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html | Interface VPC endpoints of Amazon Bedrock}
 * @see {@link https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html | DNS names of VPC endpoints}
 */
export function parseServiceHost(host: string): ServiceHost | undefined {
  // Most hosts that are asked about are loopback addresses, which stop here.
  if (!BEGINNING.test(host) || host.length > MAX_HOST_CHARACTERS) return undefined;
  const [, vpcEndpoint, endpoint = "", fips, region = "", vpce, suffix = ""] = HOST.exec(host) ?? [];
  const name = endpoint.toLowerCase();
  const row = HOST_ROWS.find((each) => each.endpoint === name);
  if (row === undefined || (fips !== undefined && !row.hasFips)) return undefined;
  if ((vpcEndpoint === undefined) !== (vpce === undefined)) return undefined;
  const publicSuffix = vpce === undefined ? row.dnsSuffix : undefined;
  const domain = suffix.toLowerCase();
  if (publicSuffix === undefined ? !PARTITION_SUFFIXES.has(domain) : domain !== publicSuffix) return undefined;
  const { provider, plane } = row;
  return {
    provider,
    service: CLAUDE_SERVICES[provider].signingService,
    region: region.toLowerCase(),
    ...(plane === undefined ? {} : { plane }),
    ...(fips === undefined ? {} : { fips: true }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint: vpcEndpoint.toLowerCase() }),
  };
}

/** A DNS name has at most 253 characters; a port and some space may be around it. */
const MAX_HOST_CHARACTERS = 300;

/** What every such host begins with. */
const BEGINNING = /^\s*(?:bedrock|aws-external-anthropic|vpce-)/i;

/** Each repetition ends at a character that it cannot hold itself, so that one pass is enough for any text. */
const HOST =
  /^\s*(?:(vpce-[a-z0-9-]+)\.)?(bedrock|bedrock-runtime|bedrock-mantle|aws-external-anthropic)(-fips)?\.([a-z0-9-]+)\.(vpce\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.?(?::\d*)?\s*$/i;

const PARTITION_SUFFIXES: ReadonlySet<string> = /* @__PURE__ */ (() =>
  new Set(PARTITIONS.map(({ dnsSuffix }) => dnsSuffix)))();
