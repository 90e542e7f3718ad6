import { type AwsProvider, CLAUDE_SERVICES, type ClaudeService } from "@claude-on-aws/endpoints";

/** The services that the fake stands in for. */
export type Provider = AwsProvider;

/** How a provider writes its errors: the envelope of the Claude API, or AWS's own JSON. */
type ErrorShape = "anthropic" | "aws-json";

/** What the fake knows of a provider: who it is to AWS, and how it speaks. */
interface ProviderRow extends Pick<ClaudeService, "title" | "signingService" | "acceptedServices" | "losesHeader"> {
  readonly errorShape: ErrorShape;
}

/** One row for each provider. */
export const PROVIDERS: Readonly<Record<Provider, ProviderRow>> = {
  "anthropic-aws": { ...CLAUDE_SERVICES["anthropic-aws"], errorShape: "anthropic" },
  bedrock: { ...CLAUDE_SERVICES.bedrock, errorShape: "aws-json" },
  mantle: { ...CLAUDE_SERVICES.mantle, errorShape: "anthropic" },
};

/**
 * Tells whether a name is that of a service that the fake stands in for.
 *
 * @returns `true` where {@link PROVIDERS} has a row for it.
 */
export const isProvider = (name: string): name is Provider => Object.hasOwn(PROVIDERS, name);
