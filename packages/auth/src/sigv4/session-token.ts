import type { AwsCredentials } from "@claude-on-aws/endpoints";

/**
 * Finds the session token that is sent with credentials. An empty one is none, as for AWS's SDKs, and so is the `null` that
 * JSON has where there is none.
 */
export const sessionTokenOf = ({ sessionToken }: AwsCredentials): string | undefined => sessionToken || undefined;
