/** Kinds of API keys, told apart by how they begin. */
export type KeyFamily = "workspace" | "bedrock" | "console" | "unknown";

const PREFIXES: readonly (readonly [prefix: string, family: KeyFamily])[] = [
  ["aws-external-anthropic-api-key-", "workspace"],
  ["AEAA", "workspace"],
  ["bedrock-api-key-", "bedrock"],
  ["ABSK", "bedrock"],
  // Only the issued forms: `sk-ant-xxxxx` is the placeholder of Anthropic's own documents.
  ["sk-ant-api", "console"],
  ["sk-ant-admin", "console"],
  ["sk-ant-oat", "console"],
];

/** The family of an API key. */
export function keyFamily(key: string): KeyFamily {
  return PREFIXES.find(([prefix]) => key.startsWith(prefix))?.[1] ?? "unknown";
}

/** Whether a key is one of Amazon Bedrock. */
export const isBedrockKey = (key: string): boolean => keyFamily(key) === "bedrock";

/** Whether a text can be a key at all: visible ASCII, nothing else. */
export const isWellFormedKey = (key: string): boolean => /^[\x21-\x7e]{1,8192}$/.test(key);
