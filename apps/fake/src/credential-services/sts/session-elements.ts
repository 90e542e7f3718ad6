import { formatTimestamp } from "../format-timestamp.ts";
import type { IssuedCredentials } from "../../stores/sessions/issue-credentials.ts";
import type { XmlContent } from "./xml.ts";

/**
 * Describes a session in the elements in which STS hands it out.
 *
 * @returns Whose it is, and its credentials.
 */
export const sessionElements = (issued: IssuedCredentials): { readonly [name: string]: XmlContent } => ({
  AssumedRoleUser: { AssumedRoleId: issued.principal.userId, Arn: issued.principal.arn },
  Credentials: {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken,
    Expiration: formatTimestamp(issued.expiration),
  },
});
