/** What a short-term key of Claude Platform on AWS begins with. */
export const PLATFORM_SHORT_TERM = "aws-external-anthropic-api-key-";
/** What a long-term key of Claude Platform on AWS begins with: base64 of what comes before the user's name. */
export const PLATFORM_LONG_TERM = "AEAA";
/** What a short-term key of Amazon Bedrock begins with. */
export const BEDROCK_SHORT_TERM = "bedrock-api-key-";
/** What a long-term key of Amazon Bedrock begins with. */
export const BEDROCK_LONG_TERM = "ABSK";
