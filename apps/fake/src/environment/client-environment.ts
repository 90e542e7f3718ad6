import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { keyFamily } from "@claude-on-aws/endpoints";

/**
 * What Claude Code can be switched to, and the name of each switch.
 *
 * @example Usage
 * ```ts
 * import { PROVIDER_SWITCHES } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * equal(PROVIDER_SWITCHES.bedrock, "CLAUDE_CODE_USE_BEDROCK");
 * ```
 */
export const PROVIDER_SWITCHES: Readonly<Record<"anthropic-aws" | "bedrock" | "mantle", string>> = {
  "anthropic-aws": "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  bedrock: "CLAUDE_CODE_USE_BEDROCK",
  mantle: "CLAUDE_CODE_USE_MANTLE",
};

/** A provider that Claude Code can be switched to. */
export type SwitchedProvider = keyof typeof PROVIDER_SWITCHES;

/** What the clients need to know of a fake. */
export interface FakeAddress {
  /**
   * Base URL without a trailing slash. Left out where the clients keep the hosts
   * of AWS, because their requests are answered in the process.
   */
  readonly url?: string | undefined;
  /** Where the fake is a proxy: the clients keep the hosts of AWS, and are sent through it. */
  readonly proxyUrl?: string | undefined;
  /** File with the certificate of the fake's authority, where it speaks TLS. */
  readonly certificateFile?: string | undefined;
  readonly region: string;
  readonly workspaceId: string;
  readonly credentials: AwsCredentials;
  /** Keys that the clients authenticate with in place of a signature; each goes where its family belongs. */
  readonly apiKeys?: readonly string[] | undefined;
}

/** Variables by name; `undefined` means that the variable must not be set. */
export type ClientEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Credentials that a client would take before, or in place of, the access key in the variables.
 *
 * @example Usage
 * ```ts
 * import { OTHER_CREDENTIALS } from "@claude-on-aws/fake/server";
 * import { ok } from "node:assert/strict";
 *
 * ok(OTHER_CREDENTIALS.includes("AWS_PROFILE"));
 * ```
 */
export const OTHER_CREDENTIALS: readonly string[] = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ROLE_ARN",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "ANTHROPIC_AWS_API_KEY",
  "ANTHROPIC_PROFILE",
  "ANTHROPIC_IDENTITY_TOKEN",
  "ANTHROPIC_IDENTITY_TOKEN_FILE",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "CLAUDE_CODE_OAUTH_REFRESH_TOKEN",
];

/** What would send a client elsewhere, or keep it from the endpoint that it is given. */
const ELSEWHERE: readonly string[] = [
  "CLAUDE_CODE_USE_FOUNDRY",
  "CLAUDE_CODE_USE_VERTEX",
  "CLAUDE_CODE_USE_ANTHROPIC_GOOGLE_CLOUD",
  "CLAUDE_CODE_USE_GATEWAY",
  "CLAUDE_CODE_API_BASE_URL",
  "ANTHROPIC_UNIX_SOCKET",
  "CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH",
  "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
  "CLAUDE_CODE_SKIP_MANTLE_AUTH",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
];

/** Not every client spares loopback addresses: the AWS SDK in Claude Code sends them through the proxy whatever `NO_PROXY` says. */
const PROXIES: readonly string[] = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "http_proxy",
  "https_proxy",
  "all_proxy",
  // Claude Code takes these where the others are not set.
  "CLAUDE_CODE_HTTP_PROXY",
  "CLAUDE_CODE_HTTPS_PROXY",
];

/** What clients ask themselves on this machine, such as the server that a test starts, is not for the proxy. */
const SPARED = "localhost,127.0.0.1,::1";

/** More endpoints that would lead a client past the hosts of AWS. */
const OTHER_ENDPOINTS: readonly string[] = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SIGNIN"];

/** The variables that send every client through a proxy; the same host must not be excepted by another one. */
const throughProxy = (url: string): ClientEnvironment => ({
  ...absent(OTHER_ENDPOINTS),
  HTTPS_PROXY: url,
  https_proxy: url,
  HTTP_PROXY: url,
  http_proxy: url,
  NO_PROXY: SPARED,
  no_proxy: SPARED,
  // Node's own fetch and agents look at the others only then.
  NODE_USE_ENV_PROXY: "1",
});

/** Variables that name a file with certificates, and who reads each. */
const CERTIFICATE_VARIABLES: readonly string[] = [
  // Claude Code, Node and Bun: in addition to the authorities that they know.
  "NODE_EXTRA_CA_CERTS",
  // Deno: the same.
  "DENO_CERT",
  // AWS's command line and SDK for Python: in place of all others, as the following.
  "AWS_CA_BUNDLE",
  // OpenSSL, and with it Anthropic's SDK for Python; Go.
  "SSL_CERT_FILE",
  // Python's requests.
  "REQUESTS_CA_BUNDLE",
  // curl, and requests where the former is not set.
  "CURL_CA_BUNDLE",
  // OpenSSL as Nix builds it, and what is built with it.
  "NIX_SSL_CERT_FILE",
];

/** What would have a client trust other authorities, other stores, or nobody's certificate at all. */
const OTHER_TRUST: readonly string[] = [
  "SSL_CERT_DIR",
  "NIX_SSL_CERT_DIR",
  "DENO_TLS_CA_STORE",
  "NODE_USE_SYSTEM_CA",
  "CLAUDE_CODE_CERT_STORE",
  // With these a client takes any certificate, which it would not in production.
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "PYTHONHTTPSVERIFY",
];

/** Every variable that leads a client to the base URL of a fake, and what stands in it. */
const BASE_URLS: Readonly<Record<string, (url: string) => string>> = {
  ANTHROPIC_AWS_BASE_URL: (url) => url,
  ANTHROPIC_BEDROCK_BASE_URL: (url) => url,
  ANTHROPIC_BEDROCK_MANTLE_BASE_URL: (url) => `${url}/anthropic`,
  // A client that was not switched to AWS must not reach the real service either.
  ANTHROPIC_BASE_URL: (url) => url,
  AWS_ENDPOINT_URL_BEDROCK: (url) => url,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: (url) => url,
  AWS_ENDPOINT_URL_STS: (url) => url,
  AWS_ENDPOINT_URL_SSO: (url) => url,
  AWS_ENDPOINT_URL_SSO_OIDC: (url) => url,
};

/**
 * The environment in which Claude Code, Anthropic's SDKs and AWS's SDKs and
 * command line all talk to a fake, and none of them to a real service: laid over
 * another environment, it replaces credentials, regions and endpoints, switches
 * one provider of Claude Code on and the others off, and takes proxies away. Where the fake is a proxy, endpoints are taken
 * away instead, and every client is sent through it, to the hosts that it asks in production.
 *
 * @example Start a client with it
 * ```ts
 * import { createClientEnvironment, EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * const environment = createClientEnvironment(
 *   {
 *     url: "http://127.0.0.1:4242",
 *     region: "us-east-1",
 *     workspaceId: "wrkspc_01AbCdEf23GhIj",
 *     credentials: EXAMPLE_CREDENTIALS,
 *   },
 *   "bedrock",
 * );
 * equal(environment["CLAUDE_CODE_USE_BEDROCK"], "1");
 * equal(environment["AWS_PROFILE"], undefined);
 * ```
 *
 * @param address Where the fake is, and what it takes.
 * @param provider What Claude Code is switched to. The SDKs find their endpoints whatever is chosen.
 * @returns The variables; those that must not be set are `undefined`.
 * @see {@link https://code.claude.com/docs/en/claude-platform-on-aws | Claude Code on Claude Platform on AWS}
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html | Service-specific endpoints}
 */
export function createClientEnvironment(
  address: FakeAddress,
  provider: SwitchedProvider = "anthropic-aws",
): ClientEnvironment {
  const { proxyUrl, certificateFile, region, workspaceId, credentials, apiKeys = [] } = address;
  const url = proxyUrl === undefined ? address.url : undefined;
  return {
    ...absent(OTHER_CREDENTIALS),
    ...absent(ELSEWHERE),
    ...(url === undefined && proxyUrl === undefined ? {} : absent(PROXIES)),
    ...(proxyUrl === undefined ? {} : throughProxy(proxyUrl)),
    ...(certificateFile === undefined ? {} : trusting(certificateFile)),
    ...absent(Object.values(PROVIDER_SWITCHES)),
    [PROVIDER_SWITCHES[provider]]: "1",
    // No statistics, no updates: what is asked of the client is all that it sends.
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    AWS_REGION: region,
    // The only one that botocore reads.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    ANTHROPIC_AWS_WORKSPACE_ID: workspaceId,
    ...Object.fromEntries(
      Object.entries(BASE_URLS).map(([name, value]) => [name, url === undefined ? undefined : value(url)]),
    ),
    ...Object.fromEntries(apiKeys.map((key) => [variableOfKey(key), key])),
  };
}

/** The variables with which every client trusts one authority, and those that would have it trust another. */
const trusting = (certificateFile: string): ClientEnvironment => ({
  ...absent(OTHER_TRUST),
  ...Object.fromEntries(CERTIFICATE_VARIABLES.map((name) => [name, certificateFile])),
});

const absent = (names: readonly string[]): ClientEnvironment =>
  Object.fromEntries(names.map((name) => [name, undefined]));

const variableOfKey = (key: string): string =>
  keyFamily(key) === "bedrock" ? "AWS_BEARER_TOKEN_BEDROCK" : "ANTHROPIC_AWS_API_KEY";

/** Variables that some clients read, under the clients' names. */
export interface EnvironmentBlock {
  readonly title: string;
  readonly names: readonly string[];
}

/**
 * Which clients read which variables, for people.
 *
 * @example Usage
 * ```ts
 * import { ENVIRONMENT_BLOCKS } from "@claude-on-aws/fake/server";
 * import { ok } from "node:assert/strict";
 *
 * ok(ENVIRONMENT_BLOCKS.every(({ title, names }) => title !== "" && names.length > 0));
 * ```
 */
export const ENVIRONMENT_BLOCKS: readonly EnvironmentBlock[] = [
  {
    title: "Credentials, for all of them",
    names: ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"],
  },
  {
    title: "The way through the proxy, for all of them; Node's fetch wants the last",
    names: ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "NODE_USE_ENV_PROXY"],
  },
  {
    title:
      "The certificate: Claude Code, Node and Bun; Deno; AWS's command line; OpenSSL and Go; Python's requests; curl; Nix",
    names: CERTIFICATE_VARIABLES,
  },
  {
    title: "Claude Code and the Agent SDK on Claude Platform on AWS",
    names: [PROVIDER_SWITCHES["anthropic-aws"], "ANTHROPIC_AWS_BASE_URL", "ANTHROPIC_AWS_WORKSPACE_ID"],
  },
  {
    title: "Claude Code and the Agent SDK on Amazon Bedrock (instead of the block above)",
    names: [PROVIDER_SWITCHES.bedrock, "ANTHROPIC_BEDROCK_BASE_URL"],
  },
  {
    title: "Anthropic's SDKs: @anthropic-ai/aws-sdk, @anthropic-ai/bedrock-sdk and its Mantle client",
    names: [
      "ANTHROPIC_AWS_BASE_URL",
      "ANTHROPIC_AWS_WORKSPACE_ID",
      "ANTHROPIC_BEDROCK_BASE_URL",
      "ANTHROPIC_BEDROCK_MANTLE_BASE_URL",
    ],
  },
  {
    title: "AWS's SDKs and command line",
    names: [
      "AWS_DEFAULT_REGION",
      "AWS_ENDPOINT_URL_BEDROCK_RUNTIME",
      "AWS_ENDPOINT_URL_BEDROCK",
      "AWS_ENDPOINT_URL_STS",
      "AWS_ENDPOINT_URL_SSO",
      "AWS_ENDPOINT_URL_SSO_OIDC",
    ],
  },
];
