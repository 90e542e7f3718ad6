import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { peerMissing } from "../peer-missing.ts";
import type { UpstreamSettings } from "../settings/upstream-settings.ts";

/** What a role is assumed with. */
export interface AssumeRoleOptions {
  /** Gives the credentials of whoever assumes it. */
  readonly from: () => Promise<AwsCredentials>;
  readonly region: string;
  /**
   * Where STS is.
   *
   * @default {AWS's own host of the region}
   */
  readonly endpoint?: string | undefined;
}

/** What CloudTrail calls the sessions where the settings name none. */
const SESSION = "claude-on-aws-gateway";

/**
 * Makes what assumes a role, by AWS's own SDK; nothing is kept.
 *
 * @param role The role, and what its trust policy asks for.
 * @param options What it is assumed with.
 * @returns A function that asks STS.
 * @throws From the function: `GatewayError` `PEER_MISSING` where `@aws-sdk/credential-providers` is not installed; what STS says.
 */
export function assumeRole(
  { arn, externalId, sessionName = SESSION }: NonNullable<UpstreamSettings["assumeRole"]>,
  { from, region, endpoint }: AssumeRoleOptions,
): () => Promise<AwsCredentials> {
  return async () => {
    const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers").catch(
      peerMissing("@aws-sdk/credential-providers"),
    );
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = await fromTemporaryCredentials({
      masterCredentials: async () => defined(await from()),
      params: {
        RoleArn: arn,
        RoleSessionName: sessionName,
        ...(externalId !== undefined && { ExternalId: externalId }),
      },
      clientConfig: { region, ...(endpoint !== undefined && { endpoint }) },
    })();
    return { accessKeyId, secretAccessKey, sessionToken, expiration };
  };
}

/** AWS's SDK wants what is not there to be left out. */
const defined = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: AwsCredentials) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken !== undefined && { sessionToken }),
  ...(expiration !== undefined && { expiration }),
});
