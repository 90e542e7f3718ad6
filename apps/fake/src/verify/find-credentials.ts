import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";

/** The credentials of an access key that were issued with a session token, or any others of it. */
export function findCredentials(
  known: readonly AwsCredentials[],
  accessKeyId: string,
  sessionToken: string | undefined,
): AwsCredentials | undefined {
  let other: AwsCredentials | undefined;
  for (const credentials of known) {
    if (credentials.accessKeyId !== accessKeyId) continue;
    if (credentials.sessionToken === sessionToken) return credentials;
    other ??= credentials;
  }
  return other;
}
