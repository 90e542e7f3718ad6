import { type AwsProvider, formatServiceHost } from "@claude-on-aws/endpoints";

/**
 * Where the AWS providers are reached by default; `{region}` stands for the region. The client writes the commercial
 * domain into the host of every region, whichever partition it is in.
 *
 * @see Observed in Claude Code 2.1.329 and `@anthropic-ai/bedrock-sdk` 1.1.2.
 */
export const DEFAULT_BASE_URLS: Readonly<Record<AwsProvider, string>> = /* @__PURE__ */ (() => ({
  "anthropic-aws": `https://${formatServiceHost({ provider: "anthropic-aws", region: "{region}" })}`,
  bedrock: `https://${formatServiceHost({ provider: "bedrock", plane: "runtime", region: "{region}" })}`,
  mantle: `https://${formatServiceHost({ provider: "mantle", region: "{region}" })}/anthropic`,
}))();
