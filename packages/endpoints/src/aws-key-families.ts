import { BEDROCK_LONG_TERM, BEDROCK_SHORT_TERM, PLATFORM_LONG_TERM, PLATFORM_SHORT_TERM } from "./key-prefixes.ts";

/** One of the two families of keys that AWS issues. */
export interface AwsKeyFamily {
  /** What a short-term key begins with; what follows is base64 of a presigned URL. */
  readonly shortTermPrefix: string;
  /** What a long-term key begins with. */
  readonly longTermPrefix: string;
  /** How many characters of the long-term prefix are not base64 of the key's text. */
  readonly longTermSkip: number;
  /** What the name of the IAM user to whom a long-term key belongs begins with. */
  readonly userPrefix: string;
  /** Host that a short-term key is presigned for. */
  readonly host: string;
  /** Signing name that a short-term key is scoped to. */
  readonly service: "aws-external-anthropic" | "bedrock";
}

/**
 * The families of API keys that AWS issues: one for Claude Platform on AWS, one for Amazon Bedrock and its Messages
 * endpoint.
 *
 * @example Usage
 * ```ts
 * import { AWS_KEY_FAMILIES } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(AWS_KEY_FAMILIES.bedrock.shortTermPrefix, "bedrock-api-key-");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html | Amazon Bedrock API keys}
 * @see {@link https://github.com/aws/aws-bedrock-token-generator-js | @aws/bedrock-token-generator 1.1.0}
 * @see {@link https://github.com/aws/token-generator-for-aws-external-anthropic-js | the token generator of Claude Platform on AWS}
 */
export const AWS_KEY_FAMILIES: Readonly<Record<"anthropic-aws" | "bedrock", AwsKeyFamily>> = {
  "anthropic-aws": {
    shortTermPrefix: PLATFORM_SHORT_TERM,
    longTermPrefix: PLATFORM_LONG_TERM,
    longTermSkip: 0,
    userPrefix: "AeaApiKey-",
    host: "aws-external-anthropic.amazonaws.com",
    service: "aws-external-anthropic",
  },
  bedrock: {
    shortTermPrefix: BEDROCK_SHORT_TERM,
    longTermPrefix: BEDROCK_LONG_TERM,
    longTermSkip: 4,
    userPrefix: "BedrockAPIKey-",
    host: "bedrock.amazonaws.com",
    service: "bedrock",
  },
};
