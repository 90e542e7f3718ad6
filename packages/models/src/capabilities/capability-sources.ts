/**
 * Where the cells of the table of capabilities come from, by tag.
 *
 * @example Usage
 * ```ts
 * import { CAPABILITY_SOURCES } from "@claude-on-aws/models";
 * import { match } from "node:assert/strict";
 *
 * match(CAPABILITY_SOURCES.cards, /model-card-anthropic/);
 * ```
 */
export const CAPABILITY_SOURCES = {
  cards:
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-{model}.html, September and October 2026",
  thinking: "https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting, end of September 2026",
  opus55: "https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5",
  sonnet55: "https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5",
  errors: "https://platform.claude.com/docs/en/api/errors, «Common validation errors»",
  parameters:
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html",
  adaptive: "https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html",
  systemRole: "https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-mid-conversation-system.html",
  toolUse:
    "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html",
  caching: "https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html",
  counting: "https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html",
  endpoints: "https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html",
  window:
    "https://platform.claude.com/docs/en/release-notes/overview, 2026-04-30; measured on Bedrock in https://github.com/NousResearch/hermes-agent/issues/31277, 2026-08-30",
  overview: "https://platform.claude.com/docs/en/about-claude/models/overview",
  aiSdk: "npm @ai-sdk/anthropic and @ai-sdk/amazon-bedrock, newest on 2026-11-29",
  piAi: "npm @earendil-works/pi-ai 1.6.0, November 2026",
  claudeCode: "npm @anthropic-ai/claude-code 2.1.332, what it sends to the hosts of Amazon Bedrock, by model",
  measured: "measured by users of the services, June to October 2026",
} as const;

/** A tag of {@link CAPABILITY_SOURCES}. */
export type CapabilitySource = keyof typeof CAPABILITY_SOURCES;
