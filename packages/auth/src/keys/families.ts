/** Whose key a text is, by how it begins. */
export type KeyFamily = "anthropic-aws" | "bedrock" | "console" | "unknown";

/** Facts about the two families of keys that AWS issues. */
export interface KeyFamilyFacts {
  /** How a short-term key begins; what follows is base64 of a presigned URL. */
  readonly shortTermPrefix: string;
  /** How a long-term key begins. */
  readonly longTermPrefix: string;
  /** How many characters of the long-term prefix are not base64 of the key's text. */
  readonly longTermSkip: number;
  /** What the name of the IAM user behind a long-term key begins with. */
  readonly userPrefix: string;
  /** Host that a short-term key is presigned for. */
  readonly host: string;
  /** Signing name that a short-term key is scoped to. */
  readonly service: string;
}

/**
 * One row for each family of keys.
 *
 * @see {@link https://github.com/aws/aws-bedrock-token-generator-js | @aws/bedrock-token-generator 1.1.0}
 * @see {@link https://github.com/aws/token-generator-for-aws-external-anthropic-js | the token generator of Claude Platform on AWS}
 */
export const keyFamilies: Readonly<Record<"anthropic-aws" | "bedrock", KeyFamilyFacts>> = {
  "anthropic-aws": {
    shortTermPrefix: "aws-external-anthropic-api-key-",
    longTermPrefix: "AEAA",
    longTermSkip: 0,
    userPrefix: "AeaApiKey-",
    host: "aws-external-anthropic.amazonaws.com",
    service: "aws-external-anthropic",
  },
  bedrock: {
    shortTermPrefix: "bedrock-api-key-",
    longTermPrefix: "ABSK",
    longTermSkip: 4,
    userPrefix: "BedrockAPIKey-",
    host: "bedrock.amazonaws.com",
    service: "bedrock",
  },
};

/** How the keys of the Claude Console begin, which no service of AWS takes. */
const CONSOLE_PREFIXES = ["sk-ant-api", "sk-ant-admin", "sk-ant-oat"];

/**
 * Recognises whose key a text is, without looking inside.
 *
 * @example Usage
 * ```ts
 * import { keyFamily } from "@claude-on-aws/auth";
 * import { equal } from "node:assert/strict";
 *
 * equal(keyFamily("ABSKQmVkcm9ja0FQSUtleS0"), "bedrock");
 * ```
 *
 * @param key The key as it stands in the header or the variable.
 * @returns `unknown` where it begins like none, as the token of a gateway does.
 */
export function keyFamily(key: string): KeyFamily {
  for (const [family, { shortTermPrefix, longTermPrefix }] of Object.entries(keyFamilies)) {
    if (key.startsWith(shortTermPrefix) || key.startsWith(longTermPrefix)) return family as KeyFamily;
  }
  return CONSOLE_PREFIXES.some((prefix) => key.startsWith(prefix)) ? "console" : "unknown";
}
