import { isAccountId } from "@claude-on-aws/endpoints";
import type { Arn } from "./arn.ts";
import { BedrockError } from "./bedrock-error.ts";

const PROBLEM = "Cannot parse ARN";

/**
 * Splits an ARN into its fields.
 *
 * Only the shape is checked: whether the partition, region and resource exist is for AWS to say.
 * {@link formatArn} gives the text back.
 *
 * @example Usage
 * ```ts
 * import { parseArn } from "@claude-on-aws/bedrock";
 * import { equal } from "node:assert/strict";
 *
 * const arn = parseArn("arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-opus-5");
 *
 * equal(arn.region, "eu-west-1");
 * equal(arn.resource, "inference-profile/eu.anthropic.claude-opus-5");
 * ```
 *
 * @param text The ARN, without surrounding space.
 * @returns Its fields; `resource` keeps any further colons and slashes.
 * @throws {BedrockError} `ARN_PREFIX`, `ARN_FIELDS` or `ARN_ACCOUNT_ID`.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html | ARN format}
 */
export function parseArn(text: string): Arn {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(":");
  if (prefix !== "arn" || partition === undefined) {
    throw new BedrockError("ARN_PREFIX", text, PROBLEM, 'expected it to start with "arn:"');
  }
  const resource = rest.join(":");
  if (!partition || !service || region === undefined || accountId === undefined || !resource) {
    throw new BedrockError(
      "ARN_FIELDS",
      text,
      PROBLEM,
      "expected six fields separated by colons (arn:partition:service:region:account:resource); only region and account may be empty",
    );
  }
  // Empty for models that AWS or a vendor owns.
  if (accountId && !isAccountId(accountId)) {
    throw new BedrockError("ARN_ACCOUNT_ID", text, PROBLEM, "expected an account id of 12 digits, or none");
  }
  return { partition, service, region, accountId, resource };
}
