import { type AwsProvider, CLAUDE_SERVICES } from "@claude-on-aws/endpoints";

/**
 * Where Claude is reached: Claude Platform on AWS, Amazon Bedrock, Bedrock's Messages endpoint (Mantle), Microsoft
 * Foundry, Google Vertex, or Anthropic itself.
 */
export type Provider = AwsProvider | "foundry" | "vertex" | "anthropic";

/** A provider, and the variable that switches it on. */
export interface ProviderSwitch {
  readonly provider: Provider;
  readonly variable: string;
}

/**
 * The switches, in order of precedence. Where none is on, requests go to Anthropic itself.
 *
 * @example Usage
 * ```ts
 * import { PROVIDER_SWITCHES } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * equal(PROVIDER_SWITCHES[0]?.variable, "CLAUDE_CODE_USE_BEDROCK");
 * ```
 *
 * @see Observed in Claude Code 2.1.329, every pair of switches set.
 */
export const PROVIDER_SWITCHES: readonly ProviderSwitch[] = [
  { provider: "bedrock", variable: "CLAUDE_CODE_USE_BEDROCK" },
  { provider: "foundry", variable: "CLAUDE_CODE_USE_FOUNDRY" },
  { provider: "anthropic-aws", variable: "CLAUDE_CODE_USE_ANTHROPIC_AWS" },
  { provider: "mantle", variable: "CLAUDE_CODE_USE_MANTLE" },
  { provider: "vertex", variable: "CLAUDE_CODE_USE_VERTEX" },
];

/** What people call each provider. */
export const PROVIDER_TITLES: Readonly<Record<Provider, string>> = /* @__PURE__ */ (() => ({
  "anthropic-aws": CLAUDE_SERVICES["anthropic-aws"].title,
  bedrock: CLAUDE_SERVICES.bedrock.title,
  mantle: CLAUDE_SERVICES.mantle.title,
  foundry: "Microsoft Foundry",
  vertex: "Google Vertex AI",
  anthropic: "Anthropic API",
}))();
