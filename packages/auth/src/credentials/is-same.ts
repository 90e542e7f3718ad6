import type { AwsCredentials } from "@claude-on-aws/endpoints";

/**
 * Tells whether two sets of credentials are one and the same, whenever they end.
 *
 * @returns Whether all three parts are equal.
 */
export const isSame = (a: AwsCredentials, b: AwsCredentials): boolean =>
  a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey && a.sessionToken === b.sessionToken;
