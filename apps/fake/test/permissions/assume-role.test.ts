import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { generateShortTermKey } from "@claude-on-aws/auth";
import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions, type FakePrincipal, serve } from "../../src/server.ts";
import { webIdentityToken } from "../credential-services/support/client-home.ts";
import { elementOf, queryRequest, sendToFake, signForSts } from "../credential-services/support/send-to-fake.ts";
import { GOOD, sign } from "../support/requests.ts";
import { ACCOUNT, ALICE, NOW, policy } from "./support.ts";

const READER = `arn:aws:iam::${ACCOUNT}:role/team/reader`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/reader/session`;
const KEY = { accessKeyId: EXAMPLE_CREDENTIALS.accessKeyId, secretAccessKey: EXAMPLE_CREDENTIALS.secretAccessKey };
const ROLE = { RoleArn: READER, RoleSessionName: "session" };
const { service, request } = GOOD["anthropic-aws"];

const alice = (...policies: FakePrincipal["policies"]): FakePrincipal => ({
  name: "alice",
  credentials: [ALICE],
  policies,
});
const reader = (...policies: FakePrincipal["policies"]): FakePrincipal => ({ arn: READER, policies });
const mayAssume = policy({ Sid: "Assume", Action: "sts:AssumeRole", Resource: READER });
const mayInfer = policy({ Action: "aws-external-anthropic:CreateInference" });

/** Takes the role on with Alice's key; says what STS answered, and what the journal has of it. */
async function assume(principals: FakeOptions["principals"], more: Readonly<Record<string, string>> = {}) {
  const fake = createFakeCore({ now: () => NOW, ...(principals === undefined ? {} : { principals }) });
  const caller = principals === undefined ? EXAMPLE_CREDENTIALS : ALICE;
  const asked = queryRequest({ Action: "AssumeRole", ...ROLE, ...more });
  const reply = await sendToFake(fake, await signForSts(asked, caller, NOW));
  const [entry] = fake.journal.snapshot().exchanges;
  const details = entry?.checks.find(({ check }) => check === "permission")?.fault?.details;
  return { fake, reply, details };
}

const credentialsIn = (xml: string): AwsCredentials => ({
  accessKeyId: elementOf(xml, "AccessKeyId") ?? "",
  secretAccessKey: elementOf(xml, "SecretAccessKey") ?? "",
  sessionToken: elementOf(xml, "SessionToken") ?? "",
});

/** Asks Claude with the session that STS handed out. */
async function infer({ fake, reply }: Awaited<ReturnType<typeof assume>>) {
  const signed = await sign(request(4242), service, { credentials: credentialsIn(reply.text), date: NOW });
  const { status, text } = await sendToFake(fake, signed);
  return { status, message: (JSON.parse(text) as { error?: { message: string } }).error?.message };
}

describe("who may take a role on", () => {
  test.each<[string, FakePrincipal["policies"], Readonly<Record<string, string>>]>([
    ["the role by name", [mayAssume], {}],
    [
      "every role of a path",
      [policy({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${ACCOUNT}:role/team/*` })],
      {},
    ],
    [
      "with the external ID that is asked for",
      [policy({ Action: "sts:*", Condition: { StringEquals: { "sts:ExternalId": "open-sesame" } } })],
      { ExternalId: "open-sesame" },
    ],
    [
      "under a name of one's own",
      [policy({ Action: "sts:AssumeRole", Condition: { StringLike: { "sts:RoleSessionName": "sess*" } } })],
      {},
    ],
    [
      "where and how the request was sent",
      [
        policy({
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:RequestedRegion": "us-east-1", "aws:ResourceAccount": ACCOUNT },
            Bool: { "aws:SecureTransport": "true" },
            DateLessThan: { "aws:CurrentTime": "2026-11-22T00:00:00Z" },
          },
        }),
      ],
      {},
    ],
    [
      "with a source identity and tags",
      [mayAssume, policy({ Action: ["sts:SetSourceIdentity", "sts:TagSession"], Resource: READER })],
      { SourceIdentity: "alice", "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" },
    ],
  ])("is allowed: %s", async (_, policies, more) => {
    const { reply } = await assume([alice(...policies), reader(mayInfer)], more);

    expect([reply.status, elementOf(reply.text, "Arn")]).toEqual([200, SESSION]);
  });

  test.each<[string, FakePrincipal["policies"], Readonly<Record<string, string>>]>([
    ["nothing is allowed", [], {}],
    ["another role", [policy({ Action: "sts:AssumeRole", Resource: `${READER}s` })], {}],
    ["another action", [policy({ Action: "sts:AssumeRoleWithWebIdentity" })], {}],
    [
      "another external ID",
      [policy({ Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": "open-sesame" } } })],
      { ExternalId: "open-barley" },
    ],
  ])("is denied: %s", async (_, policies, more) => {
    const { reply, details } = await assume([alice(...policies), reader(mayInfer)], more);

    expect([reply.status, elementOf(reply.text, "Code"), elementOf(reply.text, "Message")]).toEqual([
      403,
      "AccessDenied",
      `User: arn:aws:iam::${ACCOUNT}:user/alice is not authorized to perform: sts:AssumeRole on resource: ${READER} because no identity-based policy allows the sts:AssumeRole action`,
    ]);
    expect(details).toMatchObject({ code: "IMPLICIT_DENY", action: "sts:AssumeRole", resource: READER });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["sts:SetSourceIdentity", { SourceIdentity: "alice" }],
    ["sts:TagSession", { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" }],
  ])("takes %s as well, where that is asked for", async (action, more) => {
    const { reply, details } = await assume([alice(mayAssume), reader(mayInfer)], more);

    expect([reply.status, details?.["action"]]).toEqual([403, action]);
  });

  test.each([
    `arn:aws:iam::${ACCOUNT}:role/reader`,
    `arn:aws:iam::${ACCOUNT}:role/other/reader`,
    `arn:aws-cn:iam::${ACCOUNT}:role/team/reader`,
  ])("is nobody for %s, which is not where the role is", async (RoleArn) => {
    const { reply, fake } = await assume([alice(policy({ Action: "*" })), reader(mayInfer)], { RoleArn });
    const WebIdentityToken = webIdentityToken({ sub: "who", exp: NOW.getTime() / 1000 + 60 });
    const asked = queryRequest({ Action: "AssumeRoleWithWebIdentity", ...ROLE, RoleArn, WebIdentityToken });

    expect([reply.status, elementOf(reply.text, "Code")]).toEqual([403, "AccessDenied"]);
    expect((await sendToFake(fake, asked)).status).toBe(403);
  });

  test("is denied by the boundary of the caller", async () => {
    const bounded = { ...alice(mayAssume), boundary: mayInfer };
    const { details } = await assume([bounded, reader(mayInfer)]);

    expect(details).toMatchObject({ code: "IMPLICIT_DENY", decidedBy: "boundary" });
  });

  test("is denied where a statement denies, which the journal names", async () => {
    const deny = policy({ Sid: "NoRoles", Effect: "Deny", Action: "sts:*" });
    const { reply, details } = await assume([alice(mayAssume, deny), reader(mayInfer)]);

    expect(elementOf(reply.text, "Message")).toContain("with an explicit deny in an identity-based policy");
    expect(details).toMatchObject({ code: "EXPLICIT_DENY", policy: "principals[0].policies[1]", statement: "NoRoles" });
  });

  test("is the role of a session too, where one role takes on another", async () => {
    const first = await assume([alice(mayAssume), reader(mayInfer)]);
    const again = queryRequest({ Action: "AssumeRole", ...ROLE });
    const reply = await sendToFake(first.fake, await signForSts(again, credentialsIn(first.reply.text), NOW));

    expect([reply.status, elementOf(reply.text, "Message")]).toEqual([
      403,
      `User: ${SESSION} is not authorized to perform: sts:AssumeRole on resource: ${READER} because no identity-based policy allows the sts:AssumeRole action`,
    ]);
  });
});

describe("the policies of a session", () => {
  const Policy = JSON.stringify(policy({ Action: "aws-external-anthropic:CountTokens" }));
  const denied = (by: string): string =>
    `User: ${SESSION} is not authorized to perform: aws-external-anthropic:CreateInference on resource: arn:aws:aws-external-anthropic:us-east-1:${ACCOUNT}:workspace/wrkspc_01AbCdEf23GhIj because no ${by} policy allows the aws-external-anthropic:CreateInference action`;

  test("restrict what the role may", async () => {
    const session = await assume([alice(mayAssume), reader(mayInfer)], { Policy });

    expect(await infer(session)).toEqual({ status: 403, message: denied("session") });
  });

  test("restrict the administrator, where nobody was configured", async () => {
    expect(await infer(await assume(undefined, { Policy }))).toEqual({ status: 403, message: denied("session") });
    expect((await infer(await assume(undefined))).status).toBe(200);
  });

  test("restrict its API keys, and the roles that it takes on", async () => {
    const { fake, reply } = await assume(undefined, { Policy });
    const credentials = credentialsIn(reply.text);
    const key = await generateShortTermKey({ family: "anthropic-aws", region: "us-east-1", credentials, date: NOW });
    const { headers, ...rest } = request(4242);
    const withKey = await sendToFake(fake, { ...rest, headers: [...headers, ["x-api-key", key]] });
    const again = queryRequest({ Action: "AssumeRole", ...ROLE });
    const next = await sendToFake(fake, await signForSts(again, credentials, NOW));

    expect([withKey.status, next.status]).toEqual([403, 403]);
    expect(withKey.text).toContain("because no session policy allows");
    expect(next.text).toContain("because no session policy allows the sts:AssumeRole action");
  });

  test("give nothing that the role has not", async () => {
    const everything = JSON.stringify(policy({ Action: "*" }));
    const session = await assume([alice(mayAssume), reader()], { Policy: everything });

    expect(await infer(session)).toEqual({ status: 403, message: denied("identity-based") });
  });

  test("are those that AWS manages too; one that allows is enough", async () => {
    const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
    const named = { "PolicyArns.member.1.arn": arn("AnthropicInferenceAccess") };

    expect((await infer(await assume(undefined, { ...named, Policy }))).status).toBe(200);
    expect(
      await infer(await assume(undefined, { "PolicyArns.member.1.arn": arn("AnthropicReadOnlyAccess") })),
    ).toMatchObject({ status: 403 });
  });

  test("restrict a session of a web identity", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const WebIdentityToken = webIdentityToken({ sub: "who", exp: NOW.getTime() / 1000 + 60 });
    const asked = queryRequest({ Action: "AssumeRoleWithWebIdentity", ...ROLE, WebIdentityToken, Policy });
    const reply = await sendToFake(fake, asked);

    expect(await infer({ fake, reply, details: undefined })).toEqual({ status: 403, message: denied("session") });
  });

  test.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ["no JSON", { Policy: "{" }, "MalformedPolicyDocument", /^The policy is not in the valid JSON format\.$/],
    ["no policy", { Policy: '{"secret":1}' }, "MalformedPolicyDocument", /^Syntax errors in policy\.$/],
    ["too long", { Policy: `{${" ".repeat(2048)}}` }, "ValidationError", /policy.* less than or equal to 2048$/],
    ["empty", { Policy: "" }, "ValidationError", /policy.* greater than or equal to 1$/],
    [
      "unknown",
      { "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/Nothing" },
      "ValidationError",
      /does not know the policy/,
    ],
    ["a name", { "PolicyArns.member.1.arn": "AnthropicFullAccess" }, "ValidationError", /does not know the policy/],
    [
      "written otherwise",
      { "PolicyArns.1.arn": "arn:aws:iam::aws:policy/X" },
      "MalformedInput",
      /Unexpected parameter/,
    ],
    [
      "eleven of them",
      Object.fromEntries(
        Array.from({ length: 11 }, (_, at) => [
          `PolicyArns.member.${at + 1}.arn`,
          "arn:aws:iam::aws:policy/AnthropicFullAccess",
        ]),
      ),
      "ValidationError",
      /10 at most/,
    ],
  ])("are refused where they are %s", async (_, more, code, message) => {
    const { reply } = await assume(undefined, more);

    expect([reply.status, elementOf(reply.text, "Code")]).toEqual([400, code]);
    expect(elementOf(reply.text, "Message")).toMatch(message);
  });

  const workspace = `arn:aws:aws-external-anthropic:us-east-1:${ACCOUNT}:workspace/*`;
  const shortened = [3, 4, 5].map((fields) => workspace.split(":").slice(0, fields).join(":"));

  test.each(shortened)(
    "are refused with a resource of fewer fields, with which those of an identity allow: %s",
    async (Resource) => {
      const allowing = policy({ Action: "*", Resource });
      const Policy = JSON.stringify(allowing);
      const { reply } = await assume([alice(mayAssume), reader(mayInfer)], { Policy });
      const whole = JSON.stringify(policy({ Action: "*", Resource: workspace }));

      expect([reply.status, elementOf(reply.text, "Code")]).toEqual([400, "MalformedPolicyDocument"]);
      expect((await infer(await assume([alice(mayAssume), reader(allowing)]))).status).toBe(200);
      expect((await infer(await assume([alice(mayAssume), reader(mayInfer)], { Policy: whole }))).status).toBe(200);
    },
  );

  test.each([
    { Action: "CreateInference" },
    { Action: "*", Resource: "wrkspc_1" },
    { Action: "*", Resource: "arn:aws:*:*:*:*" },
    { Action: "*", Condition: { StringEqualz: { "aws:username": "x" } } },
    { Action: "*", Condition: { Bool: { "aws:SecureTransport": "perhaps" } } },
  ])("are refused where IAM would take no policy with %j", async (statement) => {
    const { fake, reply } = await assume(undefined, { Policy: JSON.stringify(policy(statement)) });
    const { checks } = fake.journal.snapshot().exchanges[0]!;

    expect([reply.status, elementOf(reply.text, "Code")]).toEqual([400, "MalformedPolicyDocument"]);
    expect(checks.find(({ check }) => check === "session-policies")?.fault?.details?.path).toMatch(/^\$\.Statement/);
  });

  test("come from AWS's own SDK as well", async () => {
    const fake = createFakeCore();
    const server = await serve(fake, { port: 0 });
    try {
      const provide = fromTemporaryCredentials({
        masterCredentials: async () => ({ ...KEY }),
        params: { ...ROLE, Policy },
        clientConfig: { region: "us-east-1", endpoint: server.url },
      });
      const { accessKeyId, secretAccessKey, sessionToken = "" } = await provide();
      const signed = await sign(request(server.port), service, {
        credentials: { accessKeyId, secretAccessKey, sessionToken },
      });

      expect((await sendToFake(fake, signed)).text).toContain("because no session policy allows");
    } finally {
      await server.close();
    }
  });
});
