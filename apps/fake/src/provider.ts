/** The services that the fake stands in for. */
export type Provider = "anthropic-aws" | "bedrock" | "mantle";

/** How a provider writes its errors: the envelope of the Claude API, or AWS's own JSON. */
export type ErrorShape = "anthropic" | "aws-json";

interface ProviderFacts {
  /** What people call it. */
  readonly title: string;
  /** Signing name in the credential scope. */
  readonly signingService: string;
  readonly errorShape: ErrorShape;
  /** Host names of the service; the first group is the region. */
  readonly host: RegExp;
}

/** One row for each provider. */
export const PROVIDERS: Readonly<Record<Provider, ProviderFacts>> = {
  "anthropic-aws": {
    title: "Claude Platform on AWS",
    signingService: "aws-external-anthropic",
    errorShape: "anthropic",
    host: /^aws-external-anthropic\.([a-z0-9-]+)\.api\.aws$/,
  },
  bedrock: {
    title: "Amazon Bedrock",
    signingService: "bedrock",
    errorShape: "aws-json",
    host: /^bedrock(?:-runtime)?(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/,
  },
  mantle: {
    title: "Amazon Bedrock (Mantle)",
    signingService: "bedrock-mantle",
    errorShape: "anthropic",
    host: /^bedrock-mantle\.([a-z0-9-]+)\.api\.aws$/,
  },
};

/** What the name of an AWS host says: the provider, and the region. */
export function parseAwsHost(host: string): { readonly provider: Provider; readonly region: string } | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  for (const [provider, facts] of Object.entries(PROVIDERS)) {
    const region = facts.host.exec(name)?.[1];
    if (region !== undefined) return { provider: provider as Provider, region };
  }
  return undefined;
}
