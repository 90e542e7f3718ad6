import type { AwsProvider, SigningService } from "./aws-provider.ts";

/** An AWS service through which Claude is reached. */
export interface ClaudeService {
  /** What it is called. */
  readonly title: string;
  /** Signing name in the credential scope. */
  readonly signingService: SigningService;
  /**
   * The signing names that a scope may carry, the one that a refusal asks for first. Clients sign with
   * {@link ClaudeService.signingService}, which is among them.
   */
  readonly acceptedServices: readonly SigningService[];
  /** Prefix of its actions in a policy. */
  readonly actionPrefix: string;
  /**
   * Whether its front end drops or rewrites a header, by its lower-case name, before it checks the signature; absent
   * if it is not known to do so.
   */
  readonly losesHeader?: (name: string) => boolean;
}

/**
 * What Claude Platform on AWS is called in its hosts, in signatures and in actions.
 *
 * @example Usage
 * ```ts
 * import { CLAUDE_PLATFORM_SERVICE, DUAL_STACK_DOMAIN, formatServiceHost } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(
 *   `${CLAUDE_PLATFORM_SERVICE}.eu-west-1.${DUAL_STACK_DOMAIN}`,
 *   formatServiceHost({ provider: "anthropic-aws", region: "eu-west-1" }),
 * );
 * ```
 */
export const CLAUDE_PLATFORM_SERVICE = "aws-external-anthropic";

/**
 * The three services, by provider.
 *
 * @example Usage
 * ```ts
 * import { CLAUDE_SERVICES } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(CLAUDE_SERVICES.mantle.signingService, "bedrock-mantle");
 * equal(CLAUDE_SERVICES.mantle.losesHeader?.("session_id"), true);
 * ```
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Actions of Amazon Bedrock}
 */
export const CLAUDE_SERVICES: Readonly<Record<AwsProvider, ClaudeService>> = {
  "anthropic-aws": {
    title: "Claude Platform on AWS",
    signingService: CLAUDE_PLATFORM_SERVICE,
    acceptedServices: [CLAUDE_PLATFORM_SERVICE],
    actionPrefix: CLAUDE_PLATFORM_SERVICE,
  },
  bedrock: {
    title: "Amazon Bedrock",
    signingService: "bedrock",
    acceptedServices: ["bedrock"],
    actionPrefix: "bedrock",
  },
  mantle: {
    title: "Amazon Bedrock (Mantle)",
    signingService: "bedrock-mantle",
    // Both were measured to be taken on eu-west-1; a third is refused in the name of the first
    // (github.com/envoyproxy/ai-gateway/pull/2182, github.com/envoyproxy/ai-gateway/issues/2546).
    acceptedServices: ["bedrock", "bedrock-mantle"],
    actionPrefix: "bedrock-mantle",
    // It saw an empty "connection:" where one was signed (github.com/openai/openai-python/issues/3563); names with an
    // underscore do not reach it (github.com/openai/codex/pull/21623).
    losesHeader: (name) => name === "connection" || name.includes("_"),
  },
};
