import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromContainerMetadata, fromInstanceMetadata } from "@aws-sdk/credential-providers";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFake, EXAMPLE_CREDENTIALS } from "../../src/index.ts";
import { webIdentityToken } from "./support/client-home.ts";
import { elementOf } from "./support/send-to-fake.ts";

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const LONG_LIVED = { accessKeyId, secretAccessKey };

const fake = createFake();
const server = setupServer(...fake.handlers);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

describe("through msw, at the hosts of AWS,", () => {
  test.each(["us-east-1", "eu-west-1"])("STS of %s gives a session that it then knows", async (region) => {
    const role = { RoleArn: "arn:aws:iam::123456789012:role/reader", RoleSessionName: "session" };
    const { Credentials } = await new STSClient({ region, credentials: LONG_LIVED }).send(new AssumeRoleCommand(role));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const { Arn } = await new STSClient({ region, credentials }).send(new GetCallerIdentityCommand());

    expect(Arn).toBe("arn:aws:sts::123456789012:assumed-role/reader/session");
    expect(fake.journal.snapshot().exchanges.at(-1)).toMatchObject({ provider: "sts", caller: { region } });
  });

  test("a fetch reaches every service", async () => {
    const token = webIdentityToken({ exp: Math.floor(Date.now() / 1000) + 60 });
    const form = new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: "arn:aws:iam::123456789012:role/reader",
      RoleSessionName: "session",
      WebIdentityToken: token,
    });
    const sts = await fetch("https://sts.amazonaws.com/", { method: "POST", body: form });
    const sso = await fetch(
      "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Reader&account_id=123456789012",
      { headers: { "x-amz-sso_bearer_token": "a-token" } },
    );
    const container = await fetch("http://169.254.170.2/v2/credentials/x");
    const metadata = await fetch("http://169.254.169.254/latest/meta-data/");

    expect([sts, sso, container, metadata].map(({ status }) => status)).toEqual([200, 200, 200, 401]);
    expect(elementOf(await sts.text(), "AccessKeyId")).toMatch(/^ASIA/);
  });

  test("the providers of containers and instances find credentials", async () => {
    process.env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/x";
    try {
      const found = await Promise.all([fromContainerMetadata()(), fromInstanceMetadata()()]);

      expect(found.map(({ accessKeyId }) => accessKeyId)).toEqual([1, 2].map(() => expect.stringMatching(/^ASIA/)));
    } finally {
      delete process.env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
    }
  });
});

test("fetch() of a fake answers for STS without a port", async () => {
  const response = await fake.fetch("https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15");

  expect([response.status, elementOf(await response.text(), "Code")]).toEqual([403, "MissingAuthenticationToken"]);
});
