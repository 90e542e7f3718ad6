/** A part of AWS that has accounts, regions and host names of its own. */
export interface Partition {
  /** As ARNs write it, such as `aws-us-gov`. */
  readonly name: string;
  /** Domain of its hosts. */
  readonly dnsSuffix: string;
  /** What the names of its regions begin with. */
  readonly regionPrefix: string;
}

/** The commercial partition: it takes every region that no other claims. */
export const COMMERCIAL_PARTITION: Partition = { name: "aws", dnsSuffix: "amazonaws.com", regionPrefix: "" };

/**
 * The partitions, the commercial one last.
 *
 * @example Usage
 * ```ts
 * import { PARTITIONS } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(PARTITIONS.find(({ name }) => name === "aws-cn")?.dnsSuffix, "amazonaws.com.cn");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html | Partitions}
 * @see {@link https://github.com/aws/aws-sdk-js-v3 | The table of partitions in @aws-sdk/core 3.981.0}
 */
export const PARTITIONS: readonly Partition[] = [
  { name: "aws-us-gov", dnsSuffix: "amazonaws.com", regionPrefix: "us-gov-" },
  { name: "aws-cn", dnsSuffix: "amazonaws.com.cn", regionPrefix: "cn-" },
  { name: "aws-eusc", dnsSuffix: "amazonaws.eu", regionPrefix: "eusc-" },
  { name: "aws-iso", dnsSuffix: "c2s.ic.gov", regionPrefix: "us-iso-" },
  { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", regionPrefix: "us-isob-" },
  { name: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk", regionPrefix: "eu-isoe-" },
  { name: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov", regionPrefix: "us-isof-" },
  COMMERCIAL_PARTITION,
];
