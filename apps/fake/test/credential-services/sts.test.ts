import { type AwsCredentials, signRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../../src/server.ts";
import { webIdentityToken } from "./support/client-home.ts";
import { elementOf, queryRequest, sendToFake, signForSts } from "./support/send-to-fake.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const NOW_SECONDS = NOW.getTime() / 1000;
const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

const fakeOf = (options: FakeOptions = {}) => createFakeCore({ now: () => NOW, randomUuid: () => ID, ...options });

const ROLE = { RoleArn: "arn:aws:iam::123456789012:role/path/reader", RoleSessionName: "session" };
const ASSUME_ROLE = queryRequest({ Action: "AssumeRole", ...ROLE });
const CALLER = queryRequest({ Action: "GetCallerIdentity" });

const webIdentity = (token: string, more: Readonly<Record<string, string>> = {}): WireRequest =>
  queryRequest({ Action: "AssumeRoleWithWebIdentity", ...ROLE, WebIdentityToken: token, ...more });

const GOOD_TOKEN = webIdentityToken({ iss: "https://idp.example", sub: "who", aud: "me", exp: NOW_SECONDS + 60 });

const sign = (request: WireRequest, credentials: AwsCredentials = EXAMPLE_CREDENTIALS): Promise<WireRequest> =>
  signForSts(request, credentials, NOW);

describe("GetCallerIdentity", () => {
  test("says who signed", async () => {
    const reply = await sendToFake(fakeOf(), await sign(CALLER));

    expect(reply).toEqual({
      status: 200,
      headers: { "content-type": "text/xml", "x-amzn-requestid": ID },
      text: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/administrator</Arn>
    <UserId>${elementOf(reply.text, "UserId")}</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>${ID}</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`,
    });
  });

  test("is answered for a GET whose parameters are in the query", async () => {
    const target = "/?Action=GetCallerIdentity&Version=2011-06-15";
    const reply = await sendToFake(fakeOf(), await sign({ ...CALLER, method: "GET", target, body: new Uint8Array() }));

    expect([reply.status, elementOf(reply.text, "Account")]).toEqual([200, "123456789012"]);
  });

  test("knows the account that it is given", async () => {
    const reply = await sendToFake(fakeOf({ accountId: "210987654321" }), await sign(CALLER));

    expect(elementOf(reply.text, "Arn")).toBe("arn:aws:iam::210987654321:user/administrator");
  });
});

describe("AssumeRole", () => {
  test("hands out a session of the role", async () => {
    const { status, text } = await sendToFake(fakeOf(), await sign(ASSUME_ROLE));

    expect(status).toBe(200);
    expect(elementOf(text, "Arn")).toBe("arn:aws:sts::123456789012:assumed-role/reader/session");
    expect(elementOf(text, "AssumedRoleId")).toMatch(/^AROA[A-Z2-7]{17}:session$/);
    expect(elementOf(text, "AccessKeyId")).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(elementOf(text, "Expiration")).toBe("2026-11-21T13:00:00Z");
  });

  test.each([
    ["an hour by default", {}, {}, "2026-11-21T13:00:00Z"],
    ["what the request asks for", {}, { DurationSeconds: "900" }, "2026-11-21T12:15:00Z"],
    ["twelve hours at most", {}, { DurationSeconds: "43200" }, "2026-11-22T00:00:00Z"],
    ["what the fake was told", { sessionSeconds: 2 }, { DurationSeconds: "900" }, "2026-11-21T12:00:02Z"],
  ])("lasts %s", async (_, options, parameters, expiration) => {
    const request = queryRequest({ Action: "AssumeRole", ...ROLE, ...parameters });
    const { text } = await sendToFake(fakeOf(options), await sign(request));

    expect(elementOf(text, "Expiration")).toBe(expiration);
  });

  test("gives back who the source is", async () => {
    const request = queryRequest({ Action: "AssumeRole", ...ROLE, SourceIdentity: "alice" });

    expect(elementOf((await sendToFake(fakeOf(), await sign(request))).text, "SourceIdentity")).toBe("alice");
  });

  test("limits the session of a role that another role takes on to an hour", async () => {
    const fake = fakeOf();
    const first = (await sendToFake(fake, await sign(ASSUME_ROLE))).text;
    const session = {
      accessKeyId: elementOf(first, "AccessKeyId") ?? "",
      secretAccessKey: elementOf(first, "SecretAccessKey") ?? "",
      sessionToken: elementOf(first, "SessionToken") ?? "",
    };
    const ask = async (DurationSeconds: string) =>
      sendToFake(fake, await sign(queryRequest({ Action: "AssumeRole", ...ROLE, DurationSeconds }), session));

    expect((await ask("3600")).status).toBe(200);
    expect(elementOf((await ask("3601")).text, "Message")).toBe(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  });
});

describe("AssumeRoleWithWebIdentity", () => {
  test("hands out a session for a token, unsigned", async () => {
    const { status, text } = await sendToFake(fakeOf(), webIdentity(GOOD_TOKEN));

    expect(status).toBe(200);
    expect(elementOf(text, "SubjectFromWebIdentityToken")).toBe("who");
    expect(elementOf(text, "Audience")).toBe("me");
    expect(elementOf(text, "Provider")).toBe("https://idp.example");
    expect(elementOf(text, "AccessKeyId")).toMatch(/^ASIA/);
  });

  test("writes what a token says as text, whatever it says", async () => {
    const token = webIdentityToken({ sub: "</SubjectFromWebIdentityToken><Code>&\u0000", exp: NOW_SECONDS + 60 });
    const { text } = await sendToFake(fakeOf(), webIdentity(token));

    expect(elementOf(text, "SubjectFromWebIdentityToken")).toBe(
      "&lt;/SubjectFromWebIdentityToken&gt;&lt;Code&gt;&amp;\uFFFD",
    );
  });
});

describe("STS refuses", () => {
  const other = { accessKeyId: "AKIDOTHER", secretAccessKey: "secret" };
  const another = { ...EXAMPLE_CREDENTIALS, secretAccessKey: "another secret" };
  const expired = { ...EXAMPLE_CREDENTIALS, sessionToken: "token", expiration: NOW };
  const expiredToken = webIdentityToken({ exp: NOW_SECONDS });
  const asks = (Action: string, more: Readonly<Record<string, string>> = {}) => queryRequest({ Action, ...more });
  const elsewhere = asks("AssumeRole", { ...ROLE, RoleArn: "arn:aws:iam::210987654321:role/reader" });

  test.each<[string, () => WireRequest | Promise<WireRequest>, number, string, string | RegExp]>([
    ["what is not signed", () => CALLER, 403, "MissingAuthenticationToken", "Request is missing Authentication Token"],
    [
      "a key that it does not know",
      () => sign(CALLER, other),
      403,
      "InvalidClientTokenId",
      "The security token included in the request is invalid.",
    ],
    [
      "a wrong secret",
      () => sign(CALLER, another),
      403,
      "SignatureDoesNotMatch",
      /^The request signature we calculated/,
    ],
    [
      "a session that has ended",
      () => sign(CALLER, expired),
      403,
      "ExpiredToken",
      "The security token included in the request is expired",
    ],
    [
      "another service",
      () =>
        signRequest(CALLER, { credentials: EXAMPLE_CREDENTIALS, region: "us-east-1", service: "bedrock", date: NOW }),
      403,
      "SignatureDoesNotMatch",
      /^Credential should be scoped to correct service/,
    ],
    [
      "another region than that of the host",
      () =>
        signForSts(
          queryRequest({ Action: "GetCallerIdentity" }, [["host", "sts.eu-west-1.amazonaws.com"]]),
          EXAMPLE_CREDENTIALS,
          NOW,
        ),
      403,
      "SignatureDoesNotMatch",
      /^Credential should be scoped to a valid region/i,
    ],
    [
      "a body that was changed",
      async () => ({ ...(await sign(CALLER)), body: ASSUME_ROLE.body }),
      403,
      "SignatureDoesNotMatch",
      /^The request signature we calculated/,
    ],
    [
      "a header that cannot be read",
      () => queryRequest({ Action: "GetCallerIdentity" }, [["authorization", "AWS4-HMAC-SHA256 nonsense"]]),
      400,
      "IncompleteSignature",
      /./,
    ],
    ["no action", () => queryRequest({}), 400, "MissingAction", "Missing Action"],
    [
      "an action that it does not have",
      () => asks("GetSessionToken"),
      400,
      "InvalidAction",
      "Could not find operation GetSessionToken for version 2011-06-15",
    ],
    [
      "another version",
      () => asks("GetCallerIdentity", { Version: "2010-05-08" }),
      400,
      "InvalidAction",
      "Could not find operation GetCallerIdentity for version 2010-05-08",
    ],
    [
      "an action that would be markup",
      () => asks("<x>&"),
      400,
      "InvalidAction",
      "Could not find operation &lt;x&gt;&amp; for version 2011-06-15",
    ],
    [
      "a parameter twice",
      () => ({ ...CALLER, body: new TextEncoder().encode("Action=GetCallerIdentity&Action=AssumeRole") }),
      400,
      "MalformedInput",
      "A parameter occurs more than once",
    ],
    [
      "too long a form",
      () => asks("AssumeRole", { Policy: "x".repeat(131_072) }),
      413,
      "RequestEntityTooLarge",
      "Request entity is too large",
    ],
    [
      "a session that is too short",
      () => sign(asks("AssumeRole", { ...ROLE, DurationSeconds: "60" })),
      400,
      "ValidationError",
      /&apos;60&apos; at &apos;durationSeconds&apos; failed to satisfy constraint: Member must have value greater than or equal to 900$/,
    ],
    [
      "an ARN that is none of a role",
      () => sign(asks("AssumeRole", { ...ROLE, RoleArn: "arn:aws:iam::123456789012:user/me" })),
      400,
      "ValidationError",
      "arn:aws:iam::123456789012:user/me is invalid",
    ],
    [
      "a role of another account",
      () => sign(elsewhere),
      403,
      "AccessDenied",
      "User: arn:aws:iam::123456789012:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::210987654321:role/reader",
    ],
    [
      "a role of another account for a web identity",
      () => webIdentity(GOOD_TOKEN, { RoleArn: "arn:aws:iam::210987654321:role/reader" }),
      403,
      "AccessDenied",
      "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ],
    [
      "a web identity that has ended",
      () => webIdentity(expiredToken),
      400,
      "ExpiredTokenException",
      `Token expired: current date/time ${NOW_SECONDS} must be before the expiration date/time ${NOW_SECONDS}`,
    ],
    [
      "a web identity that is no token",
      () => webIdentity("an access token"),
      400,
      "InvalidIdentityToken",
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    ],
  ])("%s", async (_, make, status, code, message) => {
    const fake = fakeOf({ credentials: [EXAMPLE_CREDENTIALS, expired] });
    const reply = await sendToFake(fake, await make());
    const [entry] = fake.journal.snapshot().exchanges;

    expect([reply.status, elementOf(reply.text, "Code")]).toEqual([status, code]);
    expect(elementOf(reply.text, "Message")).toMatch(message);
    if (typeof message === "string") expect(elementOf(reply.text, "Message")).toBe(message);
    expect(reply.text).toBe(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>${code}</Code>
    <Message>${elementOf(reply.text, "Message")}</Message>
  </Error>
  <RequestId>${ID}</RequestId>
</ErrorResponse>
`);
    expect(entry).toMatchObject({ provider: "sts", findings: [], reply: { status } });
    expect(entry?.checks.at(-1)?.fault).toBeDefined();
  });

  test("a body that was too long to be read", async () => {
    const fake = fakeOf();
    const { status } = await fake.handle({ ...CALLER, body: new Uint8Array(), bodyTooLarge: true, wire: "received" });

    expect(status).toBe(413);
  });

  test("nothing but what cannot be answered, where findings are only recorded", async () => {
    const fake = fakeOf({ onFinding: "record" });
    const replies = [
      await sendToFake(fake, CALLER),
      await sendToFake(fake, await sign(elsewhere)),
      await sendToFake(fake, webIdentity(expiredToken)),
      await sendToFake(fake, webIdentity("no token")),
      await sendToFake(fake, asks("Unknown")),
    ];

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 400]);
    expect(
      fake.journal
        .snapshot()
        .exchanges.map(({ checks }) => checks.flatMap(({ fault }) => fault?.details?.["code"] ?? [])),
    ).toEqual([
      ["AUTHORIZATION_MISSING"],
      ["AccessDenied"],
      ["ExpiredTokenException"],
      ["InvalidIdentityToken"],
      ["InvalidAction"],
    ]);
  });
});
