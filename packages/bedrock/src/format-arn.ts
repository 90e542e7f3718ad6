import type { Arn } from "./arn.ts";

/**
 * Writes an ARN from its fields; the inverse of {@link parseArn}.
 *
 * The fields are joined as they are: `parseArn` is what checks them.
 *
 * @example Usage
 * ```ts
 * import { formatArn } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * equal(
 *   formatArn({
 *     partition: "aws",
 *     service: "bedrock",
 *     region: "us-east-1",
 *     accountId: "",
 *     resource: "foundation-model/anthropic.claude-opus-5",
 *   }),
 *   "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5",
 * );
 * ```
 *
 * @param arn The fields.
 * @returns The text `arn:partition:service:region:account:resource`.
 */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.accountId}:${arn.resource}`;
}
