import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { AnthropicBedrock } from "@anthropic-ai/bedrock-sdk";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeServer, serve } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";

/** The fake's clock, as far ahead of that of the clients as a test says. */
let aheadMs = 0;
const fake = createFakeCore({ sessionSeconds: 60, now: () => new Date(Date.now() + aheadMs) });
let server: FakeServer;

/** Behind the end of a session, and near enough for the signature of a client to be in time. */
const AFTER_SESSION_MS = 62_000;

beforeAll(async () => {
  server = await serve(fake, { port: 0 });
});
afterAll(() => server.close());

const { accessKeyId, secretAccessKey } = EXAMPLE_CREDENTIALS;
const LONG_LIVED = { accessKeyId, secretAccessKey };

const region = "us-east-1";
const message = { max_tokens: 16, messages: [{ role: "user" as const, content: "hello" }] };

/** Takes a role on, as a client would that keeps what it was given. */
async function takeRoleOn() {
  const client = new STSClient({ endpoint: server.url, region, credentials: LONG_LIVED });
  const { Credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::123456789012:role/reader",
      RoleSessionName: "session",
    }),
  );
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

type Session = Awaited<ReturnType<typeof takeRoleOn>>;

const CLIENTS: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  "@anthropic-ai/aws-sdk": ({ accessKeyId, secretAccessKey, sessionToken }) =>
    new AnthropicAws({
      baseURL: server.url,
      awsRegion: region,
      workspaceId: WORKSPACE_ID,
      awsAccessKey: accessKeyId,
      awsSecretAccessKey: secretAccessKey,
      awsSessionToken: sessionToken,
      maxRetries: 0,
    }).messages.create({ model: "claude-sonnet-4-6", ...message }),
  "@anthropic-ai/bedrock-sdk": ({ accessKeyId, secretAccessKey, sessionToken }) =>
    new AnthropicBedrock({
      baseURL: server.url,
      awsRegion: region,
      awsAccessKey: accessKeyId,
      awsSecretKey: secretAccessKey,
      awsSessionToken: sessionToken,
      maxRetries: 0,
    }).messages.create({ model: "us.anthropic.claude-sonnet-4-5-20250929-v1:0", ...message }),
  "@aws-sdk/client-bedrock-runtime": (credentials) =>
    new BedrockRuntimeClient({ endpoint: server.url, region, credentials, maxAttempts: 1 }).send(
      new ConverseCommand({
        modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        messages: [{ role: "user", content: [{ text: "hello" }] }],
      }),
    ),
  "@aws-sdk/client-sts": (credentials) =>
    new STSClient({ endpoint: server.url, region, credentials, maxAttempts: 1 }).send(new GetCallerIdentityCommand()),
};

const refusalOf = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "answered",
    (error) => error,
  );

describe("a session that has ended", () => {
  test.each([
    [
      "@anthropic-ai/aws-sdk",
      {
        status: 401,
        error: {
          type: "error",
          error: { type: "authentication_error", message: "The security token included in the request is expired" },
        },
      },
    ],
    [
      "@anthropic-ai/bedrock-sdk",
      { status: 403, error: { message: "The security token included in the request is expired" } },
    ],
    [
      "@aws-sdk/client-bedrock-runtime",
      {
        name: "ExpiredTokenException",
        message: "The security token included in the request is expired",
        $metadata: { httpStatusCode: 403 },
      },
    ],
    [
      "@aws-sdk/client-sts",
      {
        name: "ExpiredToken",
        message: "The security token included in the request is expired",
        $metadata: { httpStatusCode: 403 },
      },
    ],
  ])("is accepted before, and then refused to %s in the words of the service", async (name, refusal) => {
    aheadMs = 0;
    const session = await takeRoleOn();
    const ask = CLIENTS[name];
    if (ask === undefined) throw new TypeError(`Expected a client, found ${name}`);

    expect(await refusalOf(ask(session))).toBe("answered");
    expect(fake.journal.snapshot().exchanges.at(-1)?.caller?.accessKeyId).toBe(session.accessKeyId);
    aheadMs = AFTER_SESSION_MS;
    expect(await refusalOf(ask(session))).toMatchObject(refusal);
  });

  test("is unknown once the fake was reset", async () => {
    aheadMs = 0;
    const session = await takeRoleOn();
    fake.reset();

    expect(await refusalOf(CLIENTS["@aws-sdk/client-sts"]?.(session) ?? Promise.resolve())).toMatchObject({
      name: "InvalidClientTokenId",
    });
  });
});
