import type { AwsProvider } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";

/** What a program was given to prove who it is. An empty text counts as not given. */
export interface AuthenticationSources {
  /** The service that gets the request. */
  readonly provider: AwsProvider;
  /** An API key: `ANTHROPIC_AWS_API_KEY`, or `AWS_BEARER_TOKEN_BEDROCK` for Amazon Bedrock and its Messages endpoint. */
  readonly apiKey?: string | undefined;
  /** A gateway's token: `ANTHROPIC_AUTH_TOKEN`. */
  readonly authToken?: string | undefined;
  /** Whether an access key or a profile was named in code. */
  readonly explicitCredentials?: boolean | undefined;
  /** Whether the API key was named in code rather than in the environment. */
  readonly explicitApiKey?: boolean | undefined;
  /** Whether signing is off, because a gateway signs: `CLAUDE_CODE_SKIP_…_AUTH`. */
  readonly skipAuth?: boolean | undefined;
}

/** How a request proves who sent it. */
export type Authentication =
  | { readonly method: "sigv4"; readonly headers: Readonly<Record<string, never>> }
  | {
      readonly method: "api-key" | "bearer" | "both" | "none";
      /** Lower-case names and values to send; a secret. */
      readonly headers: Readonly<Record<string, string>>;
    };

/**
 * Decides between key and signature as Anthropic's SDKs do. What Claude Code makes of its whole configuration is for
 * `resolveConfig` of `@claude-on-aws/env` to say.
 *
 * Both headers are sent in one configuration only: a gateway's token for
 * Claude Platform on AWS with signing switched off, where Claude Code sends both.
 *
 * | provider | order |
 * |---|---|
 * | Claude Platform on AWS | key in code, access key or profile in code, key in the environment, signature |
 * | Amazon Bedrock and its Messages endpoint | key, signature |
 *
 * @example Usage
 * ```ts
 * import { resolveSdkAuthentication } from "@claude-on-aws/auth";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(resolveSdkAuthentication({ provider: "anthropic-aws", apiKey: " key " }), {
 *   method: "api-key",
 *   headers: { "x-api-key": "key" },
 * });
 * ```
 *
 * @param sources The provider, and what the program was given.
 * @returns How requests prove who sent them, with the headers to send.
 * @throws {AuthError} `KEY_MALFORMED` if no header can carry a key.
 * @see Claude Code 2.1.329 and `@anthropic-ai/aws-sdk` 1.1.2, in which this was observed
 */
export function resolveSdkAuthentication(sources: AuthenticationSources): Authentication {
  const { provider, skipAuth = false } = sources;
  const apiKey = headerText(sources.apiKey, "API key");
  const authToken = headerText(sources.authToken, "gateway token");
  if (provider === "anthropic-aws") {
    if (skipAuth) {
      if (authToken === undefined) return NONE;
      return { method: "both", headers: { authorization: `Bearer ${authToken}`, "x-api-key": authToken } };
    }
    const keyCounts = sources.explicitApiKey === true || sources.explicitCredentials !== true;
    return apiKey !== undefined && keyCounts ? { method: "api-key", headers: { "x-api-key": apiKey } } : SIGV4;
  }
  // A key of Amazon Bedrock is sent even if signing is off, and overrides an access key named in code.
  const token = apiKey ?? (skipAuth ? authToken : undefined);
  if (token !== undefined) return { method: "bearer", headers: { authorization: `Bearer ${token}` } };
  return skipAuth ? NONE : SIGV4;
}

const VISIBLE_ASCII = /^[!-~]+$/;
const NONE: Authentication = { method: "none", headers: {} };
const SIGV4: Authentication = { method: "sigv4", headers: {} };

function headerText(text: string | undefined, what: string): string | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined || trimmed === "") return undefined;
  if (VISIBLE_ASCII.test(trimmed)) return trimmed;
  throw new AuthError(
    "KEY_MALFORMED",
    `Cannot send the ${what}: found a space, a line break or a letter beyond ASCII in it, expected visible ASCII; copy it again`,
  );
}
