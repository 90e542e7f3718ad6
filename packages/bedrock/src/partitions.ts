/** A part of AWS with accounts, regions and host names of its own. */
export interface Partition {
  readonly name: string;
  /** Domain of its hosts. */
  readonly dnsSuffix: string;
  /** How the names of its regions begin. */
  readonly regionPrefixes: readonly string[];
}

/**
 * The partitions, the commercial one last: it takes every region that no other claims.
 *
 * @see {@link https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html | Partitions}
 */
export const partitions: readonly Partition[] = [
  { name: "aws-us-gov", dnsSuffix: "amazonaws.com", regionPrefixes: ["us-gov-"] },
  { name: "aws-cn", dnsSuffix: "amazonaws.com.cn", regionPrefixes: ["cn-"] },
  { name: "aws-iso", dnsSuffix: "c2s.ic.gov", regionPrefixes: ["us-iso-"] },
  { name: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov", regionPrefixes: ["us-isob-"] },
  { name: "aws", dnsSuffix: "amazonaws.com", regionPrefixes: [""] },
];
