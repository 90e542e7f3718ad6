/** The workspace that the configurations name. */
export const WORKSPACE_ID = "wrkspc_01AbCdEf23GhIj";

/** The variables that lead to a fake, by provider. */
export const PROVIDERS: Readonly<Record<string, (url: string) => Readonly<Record<string, string>>>> = {
  "anthropic-aws": (url) => ({
    CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
    ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
    ANTHROPIC_AWS_BASE_URL: url,
  }),
  bedrock: (url) => ({ CLAUDE_CODE_USE_BEDROCK: "1", ANTHROPIC_BEDROCK_BASE_URL: url }),
  mantle: (url) => ({ CLAUDE_CODE_USE_MANTLE: "1", ANTHROPIC_BEDROCK_MANTLE_BASE_URL: `${url}/anthropic` }),
};
