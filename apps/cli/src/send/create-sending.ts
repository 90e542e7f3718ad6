import type { CredentialsInput } from "@claude-on-aws/auth";
import { type ConfigOrResolver, createFetch, type SendOptions } from "@claude-on-aws/fetch";
import { VERSION } from "../version.ts";

/** Where clients of the Messages API send to; what they ask there goes to the provider of the configuration. */
const API = "https://api.anthropic.com/v1";

/** Options for {@link createSending}. */
export interface SendingOptions extends SendOptions {
  /** Where `HTTPS_PROXY` and `NO_PROXY` are looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * What signs.
   *
   * @default {what the configuration names}
   */
  readonly credentials?: CredentialsInput | undefined;
}

/** Sends a body to a path of the Messages API. */
export type Sending = (
  path: "/messages" | "/messages/count_tokens",
  body: object,
  signal?: AbortSignal,
) => Promise<Response>;

/**
 * Makes what sends the requests of this command line.
 *
 * @param config The configuration, or what resolves it again where credentials are looked for.
 * @param options Retries, limits, and the environment.
 * @returns It throws what `createFetch` throws.
 */
export function createSending(config: ConfigOrResolver, { env, ...options }: SendingOptions): Sending {
  const fetch = createFetch(config, { ...options, proxyEnv: env });
  return (path, body, signal) =>
    fetch(API + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "anthropic-version": "2023-06-01",
        "user-agent": `claude-on-aws/${VERSION}`,
      },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
}
