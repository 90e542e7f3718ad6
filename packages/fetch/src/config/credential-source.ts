import {
  createCredentialChain,
  createCredentials,
  type CredentialsOptions,
  type RefreshableSource,
} from "@claude-on-aws/auth/credentials";
import type { AwsCredentials } from "@claude-on-aws/endpoints";
import type { Config } from "@claude-on-aws/env";

/** Options for `configuredCredentials`. */
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
