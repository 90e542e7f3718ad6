/** What a signing key is valid for: one day, one region, one service. */
export interface CredentialScope {
  /** Day as `YYYYMMDD`. */
  readonly date: string;
  /** Region, such as `us-east-1`. */
  readonly region: string;
  /** Signing name of the service: `aws-external-anthropic`, `bedrock` or `bedrock-mantle`. */
  readonly service: string;
}

/** What every credential scope ends with. */
export const TERMINATOR = "aws4_request";

/**
 * Writes a credential scope.
 *
 * @example Usage
 * ```ts
 * import { formatCredentialScope } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const scope = { date: "20261121", region: "us-east-1", service: "bedrock" };
 * equal(formatCredentialScope(scope), "20261121/us-east-1/bedrock/aws4_request");
 * ```
 *
 * @param scope Day, region and service.
 * @returns The four parts, joined by slashes.
 */
export function formatCredentialScope({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/${TERMINATOR}`;
}
