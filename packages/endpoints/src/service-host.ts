import type { AwsProvider, Plane, SigningService } from "./aws-provider.ts";

/** What the name of an AWS host says. */
export interface ServiceHost {
  readonly provider: AwsProvider;
  /** Signing name. */
  readonly service: SigningService;
  readonly region: string;
  /** Which routes of Amazon Bedrock it serves; absent for the services that have one host. */
  readonly plane?: Plane;
  /** Whether it is an endpoint with validated cryptography (FIPS 140); only Amazon Bedrock has such hosts. */
  readonly fips?: true;
  /**
   * The first label of a VPC interface endpoint's own name, such as `vpce-0a1b2c3d4e5f67890-abcd1234`, with the
   * availability zone after it if the name is that of a zone.
   */
  readonly vpcEndpoint?: string;
}
