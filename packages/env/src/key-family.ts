/** Which kind of key a text looks like. */
export type KeyFamily = "claude-platform" | "bedrock" | "console";

interface FamilyRow {
  readonly family: KeyFamily;
  readonly pattern: RegExp;
  readonly title: string;
}

/**
 * How the keys of each family begin. The `sk-ant-` of the documentation's placeholder alone says nothing: a key of
 * the Console goes on with its kind and a number.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html | Amazon Bedrock API keys}
 */
export const keyFamilies: readonly FamilyRow[] = [
  { family: "claude-platform", pattern: /^(?:AEAA|aws-external-anthropic-api-key-)/, title: "Claude Platform on AWS" },
  { family: "bedrock", pattern: /^(?:ABSK|bedrock-api-key-)/, title: "Amazon Bedrock" },
  { family: "console", pattern: /^sk-ant-[a-z]+[0-9]{2}-/, title: "the Claude Console" },
];

/** Says which family a key belongs to; `undefined` where its beginning tells nothing. */
export function familyOfKey(key: string): FamilyRow | undefined {
  return keyFamilies.find(({ pattern }) => pattern.test(key));
}
