/** How a short-term key of Claude Platform on AWS begins. */
export const PLATFORM_SHORT_TERM = "aws-external-anthropic-api-key-";
/** How a long-term key of Claude Platform on AWS begins: base64 of what stands before the user's name. */
export const PLATFORM_LONG_TERM = "AEAA";
/** How a short-term key of Amazon Bedrock begins. */
export const BEDROCK_SHORT_TERM = "bedrock-api-key-";
/** How a long-term key of Amazon Bedrock begins. */
export const BEDROCK_LONG_TERM = "ABSK";
