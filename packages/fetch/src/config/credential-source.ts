import { type CredentialSource, type CredentialsInput, toCredentialSource } from "@claude-on-aws/auth";
import { createCredentialChain, createCredentials } from "@claude-on-aws/auth/credentials";
import type { AwsCredentials } from "@claude-on-aws/endpoints";
import type { Config } from "@claude-on-aws/env";

/** A configuration, or what resolves it; that is asked again where credentials have to be found again. */
export type ConfigOrResolver = Config | (() => Config | Promise<Config>);

/**
 * Makes the source of the credentials that requests are signed with.
 *
 * @param config The configuration that holds now.
 * @param resolve What resolves it again, after somebody signed in.
 * @param given Credentials that take the place of the configuration's own.
 * @returns The source: what was given; otherwise what the configuration holds, and where it holds none the chain of AWS, with
 * `awsCredentialExport` before and `awsAuthRefresh` behind it.
 */
export function createCredentialSource(
  config: Config,
  resolve: () => Promise<Config>,
  given: CredentialsInput | undefined,
): CredentialSource {
  if (given !== undefined) return toCredentialSource(given);
  const { awsAuthRefresh, awsCredentialExport } = config.credentialCommands;
  const chainOfAws = createCredentialChain({ region: config.region?.value });
  let found = credentialsOf(config);
  return createCredentials({
    awsAuthRefresh: awsAuthRefresh?.value,
    awsCredentialExport: awsCredentialExport?.value,
    chain: async () => {
      const first = found;
      // They are used once: whoever asks again needs what is there then.
      found = null;
      return first ?? credentialsOf(await resolve()) ?? chainOfAws();
    },
  });
}

function credentialsOf({ endpoints }: Config): AwsCredentials | null {
  for (const { authentication } of endpoints) {
    if (authentication.method === "sigv4" && authentication.credentials !== null) return authentication.credentials;
  }
  return null;
}
