import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeOptions } from "../../src/server.ts";
import { GOOD, sign } from "../support/requests.ts";
import { sendToFake, type SentRequest, wireRequest } from "./support/send-to-fake.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

const fakeOf = (options: FakeOptions = {}) => createFakeCore({ now: () => NOW, randomUuid: () => ID, ...options });

const send = (request: SentRequest, options: FakeOptions = {}) => sendToFake(fakeOf(options), wireRequest(request));

const SECRETS = {
  AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
  SecretAccessKey: expect.stringMatching(/^.{40}$/),
  Token: expect.stringMatching(/^IQoJb3JpZ2luX2Vj/),
};

describe("SSO GetRoleCredentials", () => {
  const TARGET = "/federation/credentials?role_name=Reader&account_id=123456789012";
  const TOKEN = [["x-amz-sso_bearer_token", "a-token"]] as const;
  const ask = (changed: SentRequest, options: FakeOptions = {}) =>
    send({ target: TARGET, headers: TOKEN, ...changed }, options);

  test("hands out a session of the role, its end in milliseconds", async () => {
    const { status, headers, text } = await ask({});

    expect([status, headers["content-type"], headers["x-amzn-requestid"]]).toEqual([200, "application/json", ID]);
    expect(JSON.parse(text)).toEqual({
      roleCredentials: {
        accessKeyId: SECRETS.AccessKeyId,
        secretAccessKey: SECRETS.SecretAccessKey,
        sessionToken: SECRETS.Token,
        expiration: NOW.getTime() + 3_600_000,
      },
    });
  });

  test("is of the role that was configured for the permission set", async () => {
    const path = "aws-reserved/sso.amazonaws.com/eu-west-1";
    const role = (name: string, policies: readonly "AnthropicReadOnlyAccess"[] = []) => ({
      arn: `arn:aws:iam::123456789012:role/${path}/${name}`,
      policies,
    });
    const core = fakeOf({
      principals: [
        role("AWSReservedSSO_Reader_short"),
        role("AWSReservedSSO_ReaderOfMore_0123456789abcdef"),
        role("AWSReservedSSO_Reader_0123456789abcdef", ["AnthropicReadOnlyAccess"]),
      ],
    });
    const { text } = await sendToFake(core, wireRequest({ target: TARGET, headers: TOKEN }));
    const { roleCredentials } = JSON.parse(text) as { readonly roleCredentials: AwsCredentials };
    const list = {
      ...GOOD["anthropic-aws"].request(4242),
      method: "GET",
      target: "/v1/models",
      body: new Uint8Array(),
    };
    const signed = await sign(list, "aws-external-anthropic", { credentials: roleCredentials, date: NOW });

    expect((await core.handle({ ...signed, wire: "received" })).status).toBe(200);
    expect(core.journal.snapshot().exchanges.at(-1)?.caller).toMatchObject({
      principal: "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Reader_0123456789abcdef/administrator",
    });
  });

  test.each<[string, FakeOptions]>([
    ["any token", {}],
    ["one of a list", { ssoTokens: ["other", "a-token"] }],
    ["one that has not ended", { ssoTokens: [{ token: "a-token", expiration: new Date(NOW.getTime() + 1) }] }],
  ])("takes %s", async (_, options) => {
    expect((await ask({}, options)).status).toBe(200);
  });

  const UNAUTHORIZED = [401, "UnauthorizedException", "Session token not found or invalid"] as const;

  test.each<[string, SentRequest, FakeOptions, readonly [number, string, string]]>([
    ["no token", { headers: [] }, {}, UNAUTHORIZED],
    ["an empty token", { headers: [["x-amz-sso_bearer_token", " "]] }, {}, UNAUTHORIZED],
    ["a token with a space in it", { headers: [["x-amz-sso_bearer_token", "a b"]] }, {}, UNAUTHORIZED],
    ["a token that is not listed", {}, { ssoTokens: ["other"] }, UNAUTHORIZED],
    ["a token that has ended", {}, { ssoTokens: [{ token: "a-token", expiration: NOW }] }, UNAUTHORIZED],
    [
      "no role",
      { target: "/federation/credentials?account_id=123456789012" },
      {},
      [400, "InvalidRequestException", "Invalid role_name"],
    ],
    [
      "an account that is none",
      { target: "/federation/credentials?role_name=Reader&account_id=12" },
      {},
      [400, "InvalidRequestException", "Invalid account_id"],
    ],
    [
      "another account",
      { target: "/federation/credentials?role_name=Reader&account_id=210987654321" },
      {},
      [403, "ForbiddenException", "No access"],
    ],
    [
      "another path of its host",
      { target: "/assignment/groups", headers: [["host", "portal.sso.us-east-1.amazonaws.com"], ...TOKEN] },
      {},
      [404, "NotFound", "Not Found"],
    ],
  ])("refuses %s", async (_, changed, options, [status, exception, message]) => {
    const reply = await ask(changed, options);

    expect([reply.status, reply.headers["x-amzn-errortype"]]).toEqual([status, exception]);
    expect(JSON.parse(reply.text)).toEqual({ message, __type: `com.amazonaws.switchboard.portal#${exception}` });
  });
});

describe("container credentials", () => {
  test.each<[string, SentRequest]>([
    ["the path of ECS", { target: "/v2/credentials/0d6f4d2e" }],
    ["the path of EKS", { target: "/v1/credentials", headers: [["authorization", "a token of the agent"]] }],
    ["the host of ECS", { target: "/v2/credentials/x", headers: [["host", "169.254.170.2"]] }],
  ])("are handed out at %s", async (_, request) => {
    const { status, headers, text } = await send(request);

    expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
    expect(JSON.parse(text)).toEqual({
      RoleArn: "arn:aws:iam::123456789012:role/container-role",
      ...SECRETS,
      Expiration: "2026-11-21T13:00:00Z",
      AccountId: "123456789012",
    });
  });

  test("are nowhere else", async () => {
    const { status, text } = await send({ target: "/credentials", headers: [["host", "169.254.170.2"]] });

    expect([status, JSON.parse(text)]).toEqual([404, { Code: "NotFound", Message: "Not Found" }]);
  });
});

describe("instance metadata", () => {
  const TTL = "x-aws-ec2-metadata-token-ttl-seconds";
  const putToken = (headers: SentRequest["headers"]): SentRequest => ({
    method: "PUT",
    target: "/latest/api/token",
    ...(headers === undefined ? {} : { headers }),
  });

  /** Reads a path with a token that was asked for before. */
  async function read(target: string, options: FakeOptions = {}, method = "GET") {
    const fake = fakeOf(options);
    const token = await sendToFake(fake, wireRequest(putToken([[TTL, "60"]])));
    return sendToFake(fake, wireRequest({ method, target, headers: [["x-aws-ec2-metadata-token", token.text]] }));
  }

  test("hands out a token, and says how long it lasts", async () => {
    const reply = await send(putToken([[TTL, "21600"]]));

    expect(reply).toEqual({
      status: 200,
      headers: { "content-type": "text/plain", [TTL]: "21600" },
      text: expect.stringMatching(/^[A-Za-z0-9+/]{56}$/),
    });
  });

  test.each<[string, SentRequest["headers"], number]>([
    ["no time", [], 400],
    ["no number", [[TTL, "a"]], 400],
    ["nothing", [[TTL, "0"]], 400],
    ["more than six hours", [[TTL, "21601"]], 400],
    [
      "what a proxy forwards",
      [
        [TTL, "60"],
        ["x-forwarded-for", "192.0.2.1"],
      ],
      403,
    ],
  ])("hands out no token for %s", async (_, headers, status) => {
    expect((await send(putToken(headers))).status).toBe(status);
  });

  test.each<[string, string | RegExp]>([
    ["/latest/meta-data/iam/security-credentials/", "instance-role"],
    ["/latest/meta-data/iam/security-credentials", "instance-role"],
    ["/latest/meta-data/placement/region", "eu-west-1"],
    ["/latest/meta-data/placement/availability-zone", "eu-west-1a"],
    ["/latest/meta-data/instance-id", /^i-[0-9a-f]{17}$/],
  ])("says %s", async (target, content) => {
    const reply = await read(target, { region: "eu-west-1" });

    expect([reply.status, reply.headers["content-type"]]).toEqual([200, "text/plain"]);
    expect(reply.text).toMatch(content);
  });

  test("hands out the credentials of its role", async () => {
    const { text } = await read("/latest/meta-data/iam/security-credentials/instance-role", { sessionSeconds: 2 });

    expect(JSON.parse(text)).toEqual({
      Code: "Success",
      LastUpdated: "2026-11-21T12:00:00Z",
      Type: "AWS-HMAC",
      ...SECRETS,
      Expiration: "2026-11-21T12:00:02Z",
    });
  });

  test("says what the instance is", async () => {
    const { text } = await read("/latest/dynamic/instance-identity/document");
    const info = await read("/latest/meta-data/iam/info");

    expect(JSON.parse(text)).toMatchObject({ accountId: "123456789012", region: "us-east-1", version: "2017-09-30" });
    expect(JSON.parse(info.text)).toMatchObject({
      InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/instance-role",
    });
  });

  test("answers a HEAD without a body", async () => {
    const reply = await read("/latest/meta-data/placement/region", {}, "HEAD");

    expect([reply.status, reply.text]).toEqual([200, ""]);
  });

  test("has nothing else, and no other role", async () => {
    const replies = await Promise.all(
      ["user-data", "meta-data/iam/security-credentials/other"].map((path) => read(`/latest/${path}`)),
    );

    expect(replies.map(({ status }) => status)).toEqual([404, 404]);
  });

  test("refuses version 1, which asks without a token, in the words of EC2", async () => {
    const reply = await send({ target: "/latest/meta-data/iam/security-credentials/" });

    expect([reply.status, reply.headers["content-type"]]).toEqual([401, "text/html"]);
    expect(reply.text).toContain("<title>401 - Unauthorized</title>");
  });

  test("answers version 1 where it is told to", async () => {
    const reply = await send({ target: "/latest/meta-data/placement/region" }, { metadataV1: true });

    expect([reply.status, reply.text]).toEqual([200, "us-east-1"]);
  });

  test.each([false, true])("refuses a token that it did not hand out, version 1 or not", async (metadataV1) => {
    const headers = [["x-aws-ec2-metadata-token", "another"]] as const;
    const reply = await send({ target: "/latest/meta-data/placement/region", headers }, { metadataV1 });

    expect(reply.status).toBe(401);
  });

  test("refuses a token that has ended", async () => {
    let now = NOW;
    const fake = createFakeCore({ now: () => now });
    const { text } = await sendToFake(fake, wireRequest(putToken([[TTL, "1"]])));
    now = new Date(NOW.getTime() + 1000);
    const headers = [["x-aws-ec2-metadata-token", text]] as const;
    const reply = await sendToFake(fake, wireRequest({ target: "/latest/meta-data/placement/region", headers }));

    expect(reply.status).toBe(401);
  });
});
