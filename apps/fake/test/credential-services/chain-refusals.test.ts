import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions, serve } from "../../src/server.ts";
import { chainEnvironment } from "./support/chain-environment.ts";
import { makeClientHome, ssoTokenFile, webIdentityToken } from "./support/client-home.ts";
import { SSO_CONFIG } from "./support/credential-sources.ts";
import { useChainClients } from "./support/run-chain-client.ts";

interface Refusal {
  readonly name: string;
  readonly options?: FakeOptions;
  readonly files: Readonly<Record<string, string>>;
  readonly environment: (url: string, home: string) => Readonly<Record<string, string>>;
  /** What the client says. */
  readonly error: RegExp;
}

const profile = (accessKeyId: string, secretAccessKey: string, roleArn: string): string => `[profile base]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}

[profile chain]
role_arn = ${roleArn}
source_profile = base
`;

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const ROLE = "arn:aws:iam::123456789012:role/reader";
const now = Date.now();

const REFUSALS: readonly Refusal[] = [
  {
    name: "an access key that STS does not know",
    files: { ".aws/config": profile("AKIDOTHER", secretAccessKey, ROLE) },
    environment: () => ({ AWS_PROFILE: "chain" }),
    error: /^InvalidClientTokenId: The security token included in the request is invalid\.$/,
  },
  {
    name: "a wrong secret",
    files: { ".aws/config": profile(accessKeyId, "wrong", ROLE) },
    environment: () => ({ AWS_PROFILE: "chain" }),
    error: /^SignatureDoesNotMatch: The request signature we calculated does not match/,
  },
  {
    name: "a role of another account",
    files: { ".aws/config": profile(accessKeyId, secretAccessKey, "arn:aws:iam::210987654321:role/reader") },
    environment: () => ({ AWS_PROFILE: "chain" }),
    error:
      /^AccessDenied: User: arn:aws:iam::123456789012:user\/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::210987654321:role\/reader$/,
  },
  {
    name: "a web identity token that has ended",
    files: { "token.jwt": webIdentityToken({ exp: Math.floor(now / 1000) - 60 }) },
    environment: (_, home) => ({ AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: `${home}/token.jwt` }),
    error:
      /^ExpiredTokenException: Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
  },
  {
    name: "a token of IAM Identity Center that has ended",
    options: { ssoTokens: [{ token: "an-sso-token", expiration: new Date(now) }] },
    files: {
      ".aws/config": SSO_CONFIG,
      // The file says that there is time left; only the service knows better.
      [ssoTokenFile("team")]: JSON.stringify({
        accessToken: "an-sso-token",
        expiresAt: new Date(now + 3_600_000).toISOString(),
      }),
    },
    environment: (url) => ({ AWS_PROFILE: "chain", AWS_ENDPOINT_URL_SSO: url }),
    error: /Session token not found or invalid/,
  },
];

const runChainClients = useChainClients();

describe("the default chain, refused,", () => {
  test.each(REFUSALS)("says what is wrong with $name", async ({ options, files, environment, error }) => {
    const fake = createFakeCore(options);
    const server = await serve(fake, { port: 0 });
    const home = await makeClientHome(files);
    try {
      const results = await runChainClients({
        environment: { ...chainEnvironment(server.url, home.path), ...environment(server.url, home.path) },
        clients: ["aws-chain"],
      });

      expect(results).toEqual({ "aws-chain": [{ error: expect.stringMatching(error) }] });
      expect(fake.state.credentials.size).toBe(0);
    } finally {
      await Promise.all([server.close(), home.remove()]);
    }
  });
});
