/**
 * Says whether a text has the form of a region's name. Only the form counts: a region may be newer than any table.
 *
 * @example Usage
 * ```ts
 * import { isRegion } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(isRegion("us-gov-west-1"), true);
 * equal(isRegion("us-east-1a"), false); // an availability zone
 * ```
 *
 * @param text Any text.
 * @returns Whether it is two to four letters, one or two words and a number of one or two digits, joined by hyphens.
 * @see {@link https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html | AWS Regions}
 */
export function isRegion(text: string): boolean {
  return REGION.test(text);
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d{1,2}$/;
