import type { ServiceRoute } from "./bedrock-routes.ts";

/** A service of AWS through which Claude is reached. */
export interface ClaudeService {
  /** What it is called. */
  readonly title: string;
  /** Signing name in the credential scope. */
  readonly signingService: "aws-external-anthropic" | "bedrock" | "bedrock-mantle";
  /** Prefix of its actions in a policy. */
  readonly actionPrefix: string;
  /** Its hosts; the first group is the region. */
  readonly host: RegExp;
  /**
   * Whether its front end drops or rewrites a header, by its lower-case name, in front of the check of the signature;
   * absent where none is known. For `losesHeader` of `verifyRequest`.
   */
  readonly losesHeader?: (name: string) => boolean;
}

/**
 * The three services, by provider.
 *
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/bedrock.html | Amazon Bedrock endpoints}
 */
export const claudeServices: Readonly<Record<"anthropic-aws" | "bedrock" | "mantle", ClaudeService>> = {
  "anthropic-aws": {
    title: "Claude Platform on AWS",
    signingService: "aws-external-anthropic",
    actionPrefix: "aws-external-anthropic",
    host: /^aws-external-anthropic\.([a-z0-9-]+)\.api\.aws$/,
  },
  bedrock: {
    title: "Amazon Bedrock",
    signingService: "bedrock",
    actionPrefix: "bedrock",
    host: /^bedrock(?:-runtime)?(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/,
  },
  mantle: {
    title: "Amazon Bedrock (Mantle)",
    signingService: "bedrock-mantle",
    actionPrefix: "bedrock-mantle",
    host: /^bedrock-mantle\.([a-z0-9-]+)\.api\.aws$/,
    // Of a signed connection it saw "connection:" (github.com/openai/openai-python/issues/3563); names with an underscore
    // do not reach it (github.com/openai/codex/pull/21623).
    losesHeader: (name) => name === "connection" || name.includes("_"),
  },
};

/**
 * What the name of an AWS host says: what a request to it is signed for, and which routes it serves.
 *
 * @example Usage
 * ```ts
 * import { parseServiceHost } from "@claude-on-aws/auth/iam";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(parseServiceHost("bedrock-runtime.eu-west-1.amazonaws.com:443"), {
 *   provider: "bedrock",
 *   service: "bedrock",
 *   region: "eu-west-1",
 *   plane: "runtime",
 * });
 * ```
 *
 * @param host The host, with or without a port.
 * @returns `undefined` where it is no host of these services.
 */
export function parseServiceHost(host: string): ServiceHost | undefined {
  // Every such host has this in its name; most that are asked about, on a loopback address, have not.
  if (!/aws/i.test(host)) return undefined;
  const name = host.trim().toLowerCase().replace(/:\d+$/, "");
  for (const [provider, { host: pattern, signingService }] of Object.entries(claudeServices)) {
    const region = pattern.exec(name)?.[1];
    if (region === undefined) continue;
    const found = { provider: provider as ServiceHost["provider"], service: signingService, region };
    if (found.provider !== "bedrock") return found;
    return { ...found, plane: name.startsWith("bedrock-runtime") ? "runtime" : "control" };
  }
  return undefined;
}

/** What {@link parseServiceHost} finds. */
export interface ServiceHost {
  readonly provider: "anthropic-aws" | "bedrock" | "mantle";
  /** Signing name. */
  readonly service: ClaudeService["signingService"];
  readonly region: string;
  /** Which routes of Amazon Bedrock it serves; absent for the services that have one host. */
  readonly plane?: ServiceRoute["plane"];
}
