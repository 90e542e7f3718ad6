import type { RefreshableSource } from "@claude-on-aws/auth/credentials";
import type { Config } from "@claude-on-aws/env";
import type { ConfiguredCredentialsOptions } from "./credential-source.ts";
import { loadedSource } from "./loaded-source.ts";

/** A configuration, or what resolves it; that is asked again where credentials have to be found again. */
export type ConfigOrResolver = Config | (() => Config | Promise<Config>);

/**
 * Makes the source of the AWS credentials that a configuration names: what it holds, and where it holds none the chain of AWS,
 * with `awsCredentialExport` before and `awsAuthRefresh` behind it.
 *
 * It is what {@link createFetch} makes for itself. One of your own is for `login`: what Claude Code calls *refresh credentials*.
 *
 * @example Sign in, without a request
 * ```ts
 * import { resolveConfig } from "@claude-on-aws/env";
 * import { configuredCredentials, createFetch } from "@claude-on-aws/fetch";
 * import { equal } from "node:assert/strict";
 *
 * const config = resolveConfig({
 *   env: {
 *     CLAUDE_CODE_USE_BEDROCK: "1",
 *     AWS_REGION: "eu-west-1",
 *     AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
 *     AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
 *   },
 *   settings: [{ source: "user", value: { awsAuthRefresh: "true" } }],
 * });
 * const credentials = configuredCredentials(config);
 * const fetch = createFetch(config, { credentials });
 *
 * equal((await credentials.login()).credentials.accessKeyId, "AKIDEXAMPLE");
 * ```
 *
 * @param config The configuration, or what resolves it: that is called where credentials are looked for, and so finds what a
 * login has changed in the files of AWS.
 * @param options What `createCredentials` takes besides the chain and the commands: limits, who is shown what commands print.
 * @returns The source. `get`, `refresh` and `login` throw what `createCredentials` says, and what the configuration's resolver throws.
 */
export function configuredCredentials(
  config: ConfigOrResolver,
  options: ConfiguredCredentialsOptions = {},
): RefreshableSource {
  const resolve = async (): Promise<Config> => (typeof config === "function" ? config() : config);
  return loadedSource(async () => {
    const [{ createCredentialSource }, resolved] = await Promise.all([import("./credential-source.ts"), resolve()]);
    return createCredentialSource(resolved, resolve, options);
  });
}
