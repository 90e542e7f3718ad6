import {
  createCredentialChain,
  createCredentials,
  type CredentialsOptions,
  type RefreshableSource,
} from "@claude-on-aws/auth/credentials";
import type { AwsCredentials } from "@claude-on-aws/endpoints";
import type { Config } from "@claude-on-aws/env";

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
  let made: Promise<RefreshableSource> | undefined;
  const source = (): Promise<RefreshableSource> => {
    made ??= resolve().then((resolved) => createCredentialSource(resolved, resolve, options));
    // What fails is tried again by whoever asks next.
    made.catch(() => (made = undefined));
    return made;
  };
  return {
    get: async () => (await source()).get(),
    refresh: async (refusal, used) => (await source()).refresh(refusal, used),
    login: async () => (await source()).login(),
  };
}

/** Options for {@link configuredCredentials}. */
export type ConfiguredCredentialsOptions = Pick<
  CredentialsOptions,
  "commandTimeoutMs" | "maxOutputBytes" | "show" | "run" | "now"
>;

/**
 * Makes the source of the credentials that requests are signed with.
 *
 * @param config The configuration that holds now.
 * @param resolve What resolves it again, after somebody signed in.
 * @param options Limits, and who is shown what commands print.
 * @returns The source.
 */
export function createCredentialSource(
  config: Config,
  resolve: () => Promise<Config>,
  options: ConfiguredCredentialsOptions = {},
): RefreshableSource {
  const { awsAuthRefresh, awsCredentialExport } = config.credentialCommands;
  const chainOfAws = createCredentialChain({ region: config.region?.value });
  let found = credentialsOf(config);
  const source = createCredentials({
    ...options,
    awsAuthRefresh: awsAuthRefresh?.value,
    awsCredentialExport: awsCredentialExport?.value,
    chain: async () => {
      const first = found;
      // They are used once: whoever asks again needs what is there then.
      found = null;
      return first ?? credentialsOf(await resolve()) ?? chainOfAws();
    },
  });
  return {
    ...source,
    login: () => {
      found = null;
      return source.login();
    },
  };
}

function credentialsOf({ endpoints }: Config): AwsCredentials | null {
  for (const { authentication } of endpoints) {
    if (authentication.method === "sigv4" && authentication.credentials !== null) return authentication.credentials;
  }
  return null;
}
