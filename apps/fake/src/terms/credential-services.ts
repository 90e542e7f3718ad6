import { AWS_DOMAINS, DUAL_STACK_DOMAIN } from "@claude-on-aws/endpoints";

/** A service from which a client gets temporary credentials. */
export type CredentialServiceName =
  | "sts"
  | "sso"
  | "sso-oidc"
  | "sso-device"
  | "container-credentials"
  | "instance-metadata";

/** What tells a service by the host of a request. */
interface HostRow {
  readonly service: CredentialServiceName;
  /** A host without its port, in lower case; the group is the region, where the host has one. */
  readonly host: RegExp;
  /** The region that the host stands in where its name has none. */
  readonly region?: string;
}

/** IAM Identity Center has no dual-stack hosts. */
const REGIONAL_DOMAINS = AWS_DOMAINS.filter((domain) => domain !== DUAL_STACK_DOMAIN);

/** VPC endpoints have none either. */
const VPC_ENDPOINT_DOMAINS = REGIONAL_DOMAINS.map((domain) => `vpce.${domain}`);

/** A host of a service; the group is its region. */
function hostInRegion(endpoint: string, domains: readonly string[]): RegExp {
  return new RegExp(`^${endpoint}\\.([a-z0-9-]+)\\.(?:${domains.join("|").replaceAll(".", "\\.")})$`);
}

/**
 * The hosts of the credential services.
 *
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/sts.html | Endpoints of AWS STS}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_create.html | VPC endpoints of AWS STS}
 * @see {@link https://docs.aws.amazon.com/general/latest/gr/sso.html | Endpoints of IAM Identity Center}
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html | Container credentials}
 * @see {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html | Instance metadata}
 */
export const CREDENTIAL_HOSTS: readonly HostRow[] = [
  // The global endpoint is signed for us-east-1.
  { service: "sts", host: /^sts\.amazonaws\.com$/, region: "us-east-1" },
  { service: "sts", host: hostInRegion("sts(?:-fips)?", AWS_DOMAINS) },
  { service: "sts", host: hostInRegion("vpce-[a-z0-9-]+\\.sts(?:-fips)?", VPC_ENDPOINT_DOMAINS) },
  { service: "sso", host: hostInRegion("portal\\.sso", REGIONAL_DOMAINS) },
  { service: "sso-oidc", host: hostInRegion("oidc", REGIONAL_DOMAINS) },
  { service: "sso-device", host: hostInRegion("device\\.sso", REGIONAL_DOMAINS) },
  { service: "container-credentials", host: /^169\.254\.170\.(?:2|23)$|^\[fd00:ec2::23\]$/ },
  { service: "instance-metadata", host: /^169\.254\.169\.254$|^\[fd00:ec2::254\]$/ },
];

/** What tells a service by the path of a request, where the host is that of the fake. */
interface PathRow {
  readonly service: CredentialServiceName;
  readonly methods: readonly string[];
  readonly path: RegExp;
}

/** The paths of the credential services at an address of the fake. None of them is a path of Claude. */
export const CREDENTIAL_PATHS: readonly PathRow[] = [
  { service: "sts", methods: ["POST"], path: /^\/(?:\?|$)/ },
  { service: "sts", methods: ["GET"], path: /^\/\?(?:[^#]*&)?Action=/ },
  { service: "sso", methods: ["GET"], path: /^\/(?:federation\/credentials|assignment\/(?:accounts|roles))(?:\?|$)/ },
  { service: "sso", methods: ["POST"], path: /^\/logout(?:\?|$)/ },
  { service: "sso-oidc", methods: ["POST"], path: /^\/(?:client\/register|device_authorization|token)(?:\?|$)/ },
  { service: "sso-oidc", methods: ["GET", "HEAD", "POST"], path: /^\/authorize(?:\?|$)/ },
  { service: "sso-device", methods: ["GET", "HEAD", "POST"], path: /^\/device(?:\?|$)/ },
  // The agent of EKS answers the first path, that of ECS the second.
  { service: "container-credentials", methods: ["GET"], path: /^\/v1\/credentials(?:\?|$)/ },
  { service: "container-credentials", methods: ["GET"], path: /^\/v2\/credentials(?:\/[^/?]*)?(?:\?|$)/ },
  { service: "instance-metadata", methods: ["GET", "HEAD", "PUT"], path: /^\/latest\// },
];
