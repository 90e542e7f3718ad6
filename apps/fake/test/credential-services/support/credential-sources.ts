import { EXAMPLE_CREDENTIALS } from "../../../src/server.ts";
import { ssoTokenFile, webIdentityToken } from "./client-home.ts";

/** A way in which the default chain finds credentials. */
export interface CredentialSource {
  readonly name: string;
  /** Files in the home directory, by their path. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables beside those that every client has. */
  readonly environment: (url: string, home: string) => Readonly<Record<string, string>>;
  /** Operations that the fake is asked for. */
  readonly asks: readonly string[];
  /** Who GetCallerIdentity says that the client is. */
  readonly arn: RegExp;
}

const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3600;

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;

const SOURCE_PROFILE = `[profile base]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
`;

const ssoToken = JSON.stringify({
  accessToken: "an-sso-token-of-the-tests",
  expiresAt: new Date(IN_AN_HOUR * 1000).toISOString(),
  region: "us-east-1",
  startUrl: "https://example.awsapps.com/start",
});

const SSO_FIELDS = `sso_account_id = 123456789012
sso_role_name = Reader
`;

/** The configuration of a profile with a session of IAM Identity Center. */
export const SSO_CONFIG: string = `[sso-session team]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start

[profile chain]
sso_session = team
${SSO_FIELDS}`;

/** One row for each. */
export const CREDENTIAL_SOURCES: readonly CredentialSource[] = [
  {
    name: "a profile with a role and a source profile",
    files: {
      ".aws/config": `${SOURCE_PROFILE}
[profile chain]
role_arn = arn:aws:iam::123456789012:role/team/reader
role_session_name = a.session
source_profile = base
`,
    },
    environment: () => ({ AWS_PROFILE: "chain" }),
    asks: ["sts AssumeRole"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/reader\/a\.session$/,
  },
  {
    name: "a profile with a role that takes on another role",
    files: {
      ".aws/config": `${SOURCE_PROFILE}
[profile middle]
role_arn = arn:aws:iam::123456789012:role/middle
role_session_name = first
source_profile = base

[profile chain]
role_arn = arn:aws:iam::123456789012:role/last
role_session_name = second
source_profile = middle
`,
    },
    environment: () => ({ AWS_PROFILE: "chain" }),
    asks: ["sts AssumeRole"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/last\/second$/,
  },
  {
    name: "a web identity token in a file",
    files: {
      "token.jwt": webIdentityToken({
        iss: "https://idp.example",
        sub: "pod",
        aud: "sts.amazonaws.com",
        exp: IN_AN_HOUR,
      }),
    },
    environment: (_, home) => ({
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/pod",
      AWS_WEB_IDENTITY_TOKEN_FILE: `${home}/token.jwt`,
      AWS_ROLE_SESSION_NAME: "pod-session",
    }),
    asks: ["sts AssumeRoleWithWebIdentity"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/pod\/pod-session$/,
  },
  {
    name: "a session of IAM Identity Center",
    files: {
      ".aws/config": SSO_CONFIG,
      [ssoTokenFile("team")]: ssoToken,
    },
    environment: (url) => ({ AWS_PROFILE: "chain", AWS_ENDPOINT_URL_SSO: url }),
    asks: ["sso GetRoleCredentials"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Reader_[a-z0-9]{16}\/administrator$/,
  },
  {
    name: "a profile of IAM Identity Center without a session",
    files: {
      ".aws/config": `[profile chain]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
${SSO_FIELDS}`,
      [ssoTokenFile("https://example.awsapps.com/start")]: ssoToken,
    },
    environment: (url) => ({ AWS_PROFILE: "chain", AWS_ENDPOINT_URL_SSO: url }),
    asks: ["sso GetRoleCredentials"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Reader_[a-z0-9]{16}\/administrator$/,
  },
  {
    name: "a container of ECS",
    files: {},
    environment: (url) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v2/credentials/0d6f4d2e` }),
    asks: ["container-credentials GetCredentials"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/container-role\/container$/,
  },
  {
    name: "a pod of EKS, with the token of its agent",
    files: { "agent-token": "a-token-of-the-agent" },
    environment: (url, home) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${home}/agent-token`,
    }),
    asks: ["container-credentials GetCredentials"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/container-role\/container$/,
  },
  {
    name: "the metadata of an instance",
    files: {},
    environment: (url) => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: "false" }),
    asks: ["instance-metadata PutToken", "instance-metadata GetMetadata"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/instance-role\/i-[0-9a-f]{17}$/,
  },
  {
    name: "a profile with a role and the metadata of an instance",
    files: {
      ".aws/config": `[profile chain]
role_arn = arn:aws:iam::123456789012:role/reader
role_session_name = on-an-instance
credential_source = Ec2InstanceMetadata
`,
    },
    environment: (url) => ({ AWS_PROFILE: "chain", AWS_EC2_METADATA_SERVICE_ENDPOINT: url }),
    asks: ["instance-metadata PutToken", "instance-metadata GetMetadata", "sts AssumeRole"],
    arn: /^arn:aws:sts::123456789012:assumed-role\/reader\/on-an-instance$/,
  },
];
