import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
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
  const details = entry?.checks.find(({ check }) => check === "access")?.fault?.details;
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
    ["no JSON", { Policy: "{" }, "MalformedPolicyDocument", /JSON/],
    ["no policy", { Policy: "{}" }, "MalformedPolicyDocument", /Statement|Version/],
    ["too long", { Policy: `{${" ".repeat(2048)}}` }, "ValidationError", /policy.* less than or equal to 2048$/],
    ["empty", { Policy: "" }, "ValidationError", /policy.* greater than or equal to 1$/],
    ["unknown", { "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/Nothing" }, "ValidationError", /is not known/],
    ["a name", { "PolicyArns.member.1.arn": "AnthropicFullAccess" }, "ValidationError", /is not known/],
    [
      "eleven of them",
      Object.fromEntries(
        Array.from({ length: 11 }, (_, at) => [`PolicyArns.member.${at + 1}.arn`, "arn:aws:iam::aws:policy/X"]),
      ),
      "ValidationError",
      /10 at most/,
    ],
  ])("are refused where they are %s", async (_, more, code, message) => {
    const { reply } = await assume(undefined, more);

    expect([reply.status, elementOf(reply.text, "Code")]).toEqual([400, code]);
    expect(elementOf(reply.text, "Message")).toMatch(message);
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

      expect((await sendToFake(fake, signed)).status).toBe(403);
    } finally {
      await server.close();
    }
  });
});
