import { type CredentialsInput, toCredentialSource } from "@claude-on-aws/auth";
import { CLAUDE_PLATFORM_SERVICE, DUAL_STACK_DOMAIN } from "@claude-on-aws/endpoints";
import type { Authenticator } from "../authenticate/authenticator.ts";
import { authenticateWithHeaders } from "../authenticate/with-headers.ts";
import { authenticateWithSignature } from "../authenticate/with-signature.ts";
import { createAnthropicDialect } from "../dialects/anthropic-dialect.ts";
import { FetchError } from "../fetch-error.ts";
import { createSender } from "../send/create-sender.ts";
import type { SendOptions } from "../send/settings.ts";
import { toFetch } from "../send/to-fetch.ts";
import type { Header } from "../header.ts";

/** Options for {@link createAnthropicAwsFetch}. */
export interface AnthropicAwsFetchOptions extends SendOptions {
  /** The region, such as `us-east-1`. */
  readonly region: string;
  /** The workspace, such as `wrkspc_01AbCdEf23GhIj`. */
  readonly workspaceId: string;
  /** What signs: an access key, a function that gives one, or a source that can refresh. Left out with a key. */
  readonly credentials?: CredentialsInput | undefined;
  /** A key of the workspace, instead of a signature. */
  readonly apiKey?: string | undefined;
  /**
   * Where the service is reached, without a slash at its end.
   *
   * @default {the service's host in the region}
   */
  readonly baseUrl?: string | undefined;
}

/**
 * Makes a `fetch` for clients of the Messages API that reaches Claude Platform on AWS, and knows nothing else: no variables, no
 * settings, no aliases of models, no other provider. `createFetch` of `@claude-on-aws/fetch` knows them all.
 *
 * @example With Anthropic's SDK
 * ```ts
 * import { createAnthropicAwsFetch } from "@claude-on-aws/fetch/anthropic-aws";
 * import { equal } from "node:assert/strict";
 *
 * const fetch = createAnthropicAwsFetch({
 *   region: "eu-west-1",
 *   workspaceId: "wrkspc_01AbCdEf23GhIj",
 *   credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 * });
 * // new Anthropic({ apiKey: "unused", fetch })
 *
 * const twice = '{"model":"claude-opus-5-5","model":"claude-haiku-4-5"}';
 * const refused = await fetch("https://api.anthropic.com/v1/messages", { method: "POST", body: twice });
 * equal(refused.status, 400);
 * ```
 *
 * @param options Region, workspace, what authenticates, and how requests are sent.
 * @returns The function; it throws what that of `createFetch` throws.
 * @throws {FetchError} `CREDENTIALS_MISSING` where neither credentials nor a key are given.
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}
 */
export function createAnthropicAwsFetch(options: AnthropicAwsFetchOptions): typeof globalThis.fetch {
  const { region, workspaceId } = options;
  const host = `${CLAUDE_PLATFORM_SERVICE}.${region}.${DUAL_STACK_DOMAIN}`;
  const headers: readonly Header[] = [["anthropic-workspace-id", workspaceId]];
  const baseUrl = options.baseUrl ?? `https://${host}`;
  const destination = {
    dialect: createAnthropicDialect({ provider: "anthropic-aws", baseUrl, headers }),
    authenticate: createAuthenticator(options),
  };
  return toFetch(createSender({ ...options, choose: () => destination }).send);
}

function createAuthenticator({ apiKey, credentials, region, now }: AnthropicAwsFetchOptions): Authenticator {
  if (apiKey !== undefined) return authenticateWithHeaders([["x-api-key", apiKey]]);
  if (credentials === undefined) {
    throw new FetchError(
      "CREDENTIALS_MISSING",
      "Cannot authenticate requests to Claude Platform on AWS: found neither credentials nor apiKey; give one of them",
    );
  }
  return authenticateWithSignature({
    source: toCredentialSource(credentials),
    service: CLAUDE_PLATFORM_SERVICE,
    region,
    now: now ?? (() => new Date()),
  });
}
