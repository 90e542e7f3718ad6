/** What a signing key is good for: one day, one region, one service. */
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

/** Writes `20261121/us-east-1/bedrock/aws4_request`. */
export function formatCredentialScope({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/${TERMINATOR}`;
}
