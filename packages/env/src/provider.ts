/**
 * Where Claude is reached: Claude Platform on AWS, Amazon Bedrock, Bedrock's Messages endpoint (Mantle), Microsoft
 * Foundry, Google Vertex, or Anthropic itself.
 */
export type Provider = "anthropic-aws" | "bedrock" | "mantle" | "foundry" | "vertex" | "anthropic";

/** A provider that a variable switches on, and that variable. */
export interface ProviderSwitch {
  readonly provider: Provider;
  readonly variable: string;
}

/**
 * The switches, first the one that wins. Where none is on, requests go to Anthropic itself.
 *
 * @see Observed in Claude Code 2.1.329, every pair of switches set.
 */
export const providerSwitches: readonly ProviderSwitch[] = [
  { provider: "bedrock", variable: "CLAUDE_CODE_USE_BEDROCK" },
  { provider: "foundry", variable: "CLAUDE_CODE_USE_FOUNDRY" },
  { provider: "anthropic-aws", variable: "CLAUDE_CODE_USE_ANTHROPIC_AWS" },
  { provider: "mantle", variable: "CLAUDE_CODE_USE_MANTLE" },
  { provider: "vertex", variable: "CLAUDE_CODE_USE_VERTEX" },
];

/** How people call each provider. */
export const providerTitles: Readonly<Record<Provider, string>> = {
  "anthropic-aws": "Claude Platform on AWS",
  bedrock: "Amazon Bedrock",
  mantle: "Amazon Bedrock (Mantle)",
  foundry: "Microsoft Foundry",
  vertex: "Google Vertex AI",
  anthropic: "Anthropic API",
};
