import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { soakProperty } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeOptions, type FakePrincipal, parseConfiguration, serve } from "../../src/server.ts";
import { parseTrustPolicy, statementsFor } from "../../src/principals/trust-policy.ts";
import { webIdentityToken } from "../credential-services/support/client-home.ts";
import { elementOf, queryRequest, sendToFake, signForSts } from "../credential-services/support/send-to-fake.ts";
import { ACCOUNT, ALICE, NOW, policy } from "./support.ts";

const OTHER_ACCOUNT = "210987654321";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/reader`;
const USER = `arn:aws:iam::${ACCOUNT}:user/alice`;
const GITHUB = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}`;
const SUBJECT = "repo:octo-org/octo-repo:ref:refs/heads/main";

interface Statement {
  readonly Effect?: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Condition?: object;
}

const trustPolicy = (...statements: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
});

const mayAssume = policy({ Action: "sts:*" });

/** A fake with the role, and Alice. */
const fakeOf = (trust: object | undefined, alice: Partial<FakePrincipal> = {}, options: FakeOptions = {}) =>
  createFakeCore({
    now: () => NOW,
    principals: [
      { ...(alice.arn === undefined ? { name: "alice" } : {}), credentials: [ALICE], policies: [], ...alice },
      { arn: ROLE, policies: [mayAssume], ...(trust && { trustPolicy: trust }) },
    ],
    ...options,
  });

/** Takes the role on, and says with which status, and why not. */
async function assume(
  fake: ReturnType<typeof fakeOf>,
  more: Readonly<Record<string, string>> = {},
  credentials: AwsCredentials = ALICE,
) {
  const asked = queryRequest({ Action: "AssumeRole", RoleArn: ROLE, RoleSessionName: "session", ...more });
  const reply = await sendToFake(fake, await signForSts(asked, credentials, NOW));
  const entry = fake.journal.snapshot().exchanges.at(-1);
  const details = entry?.checks.find(({ check }) => check === "permission")?.fault?.details;
  return { status: reply.status, text: reply.text, message: elementOf(reply.text, "Message"), details };
}

const denial = (action = "sts:AssumeRole", arn = USER) =>
  `User: ${arn} is not authorized to perform: ${action} on resource: ${ROLE}`;

describe("AssumeRole of a role with a trust policy", () => {
  test.each<[string, readonly Statement[], Partial<FakePrincipal>, Readonly<Record<string, string>>]>([
    ["its account, and policies of one's own", [{ Principal: { AWS: ACCOUNT } }], { policies: [mayAssume] }, {}],
    [
      "the root of its account",
      [{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }],
      { policies: [mayAssume] },
      {},
    ],
    ["the user, who needs no policy then", [{ Principal: { AWS: USER } }], {}, {}],
    ["everybody", [{ Principal: "*" }], {}, {}],
    ["everybody, in a list", [{ Principal: { AWS: [`${USER}s`, "*"] } }], {}, {}],
    [
      "a role, to a session of it",
      [{ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/path/caller` } }],
      { arn: `arn:aws:iam::${ACCOUNT}:role/path/caller` },
      {},
    ],
    [
      "one session of a role",
      [{ Principal: { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/caller/session` } }],
      { arn: `arn:aws:iam::${ACCOUNT}:role/caller` },
      {},
    ],
    [
      "another account, whose user has a policy",
      [{ Principal: { AWS: OTHER_ACCOUNT } }],
      { arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`, policies: [mayAssume] },
      {},
    ],
    [
      "who knows the external ID",
      [{ Principal: { AWS: USER }, Condition: { StringEquals: { "sts:ExternalId": "open-sesame" } } }],
      {},
      { ExternalId: "open-sesame" },
    ],
    [
      "whoever has no key of MFA, if it exists",
      [{ Principal: { AWS: USER }, Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } } }],
      {},
      {},
    ],
    [
      "tags and a source identity, where both say so",
      [{ Principal: { AWS: USER }, Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] }],
      {},
      { SourceIdentity: "alice", "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" },
    ],
  ])("is given to %s", async (_, statements, alice, more) => {
    expect(await assume(fakeOf(trustPolicy(...statements), alice), more)).toMatchObject({ status: 200 });
  });

  test.each<[string, readonly Statement[], Partial<FakePrincipal>, Readonly<Record<string, string>>, string?]>([
    ["another user is named", [{ Principal: { AWS: `${USER}s` } }], { policies: [mayAssume] }, {}],
    ["another account is named", [{ Principal: { AWS: OTHER_ACCOUNT } }], { policies: [mayAssume] }, {}],
    ["a service is named", [{ Principal: { Service: "ec2.amazonaws.com" } }], { policies: [mayAssume] }, {}],
    ["a provider is named", [{ Principal: { Federated: PROVIDER } }], { policies: [mayAssume] }, {}],
    [
      "another action is named",
      [{ Principal: "*", Action: "sts:AssumeRoleWithWebIdentity" }],
      { policies: [mayAssume] },
      {},
    ],
    [
      "the external ID is another",
      [{ Principal: { AWS: USER }, Condition: { StringEquals: { "sts:ExternalId": "open-sesame" } } }],
      { policies: [mayAssume] },
      { ExternalId: "open-barley" },
    ],
    [
      "the external ID is missing",
      [{ Principal: { AWS: USER }, Condition: { StringEquals: { "sts:ExternalId": "open-sesame" } } }],
      { policies: [mayAssume] },
      {},
    ],
    [
      "MFA is asked for, and absent",
      [{ Principal: { AWS: USER }, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }],
      { policies: [mayAssume] },
      {},
    ],
    [
      "a statement denies",
      [{ Principal: "*" }, { Effect: "Deny", Principal: { AWS: ACCOUNT } }],
      { policies: [mayAssume] },
      {},
    ],
    [
      "tags are not trusted",
      [{ Principal: { AWS: USER } }],
      { policies: [mayAssume] },
      { "Tags.member.1.Key": "team", "Tags.member.1.Value": "red" },
      "sts:TagSession",
    ],
  ])("is refused where %s", async (_, statements, alice, more, action) => {
    const { status, message, details } = await assume(fakeOf(trustPolicy(...statements), alice), more);

    expect([status, message]).toEqual([403, denial(action)]);
    expect(details).toMatchObject({ decidedBy: "trust" });
  });

  test.each<[string, readonly Statement[], Partial<FakePrincipal>, RegExp]>([
    ["the account is named, and no policy allows", [{ Principal: { AWS: ACCOUNT } }], {}, /no identity-based policy/],
    [
      "another account's user is named, and no policy allows",
      [{ Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:user/alice` } }],
      { arn: `arn:aws:iam::${OTHER_ACCOUNT}:user/alice` },
      /no identity-based policy/,
    ],
    [
      "a policy of one's own denies",
      [{ Principal: { AWS: USER } }],
      { policies: [policy({ Effect: "Deny", Action: "sts:AssumeRole" })] },
      /explicit deny in an identity-based policy/,
    ],
    [
      "a boundary does not allow",
      [{ Principal: { AWS: USER } }],
      { boundary: policy({ Action: "bedrock:*" }) },
      /no permissions boundary/,
    ],
  ])("is refused by the caller's own policies where %s", async (_, statements, alice, message) => {
    const reply = await assume(fakeOf(trustPolicy(...statements), alice));

    expect([reply.status, reply.message]).toEqual([403, expect.stringMatching(message)]);
  });

  test("names the role of a chained session", async () => {
    const trust = trustPolicy({ Principal: { AWS: USER } }, { Principal: { AWS: ROLE } });
    const fake = fakeOf(trust);
    const { text } = await assume(fake);
    const session: AwsCredentials = {
      accessKeyId: elementOf(text, "AccessKeyId") ?? "",
      secretAccessKey: elementOf(text, "SecretAccessKey") ?? "",
      sessionToken: elementOf(text, "SessionToken") ?? "",
    };

    expect(await assume(fake, {}, session)).toMatchObject({ status: 200 });
  });

  test("speaks as the documentation does, where that is assumed", async () => {
    const facts = { trustDenialWords: "trust policy" } as const;
    const silent = await assume(
      fakeOf(trustPolicy({ Principal: { AWS: `${USER}s` } }), { policies: [mayAssume] }, { facts }),
    );
    const denied = await assume(
      fakeOf(trustPolicy({ Effect: "Deny", Principal: "*" }), { policies: [mayAssume] }, { facts }),
    );
    const begin = `User: ${USER} is not authorized to perform: sts:AssumeRole`;

    expect(silent.message).toBe(`${begin} because no role trust policy allows the sts:AssumeRole action`);
    expect(denied.message).toBe(`${begin} with an explicit deny in the role trust policy`);
  });

  test("is read from a configuration, and is no user's", () => {
    const principals = (arn: string) =>
      JSON.stringify({ principals: [{ arn, policies: [], trustPolicy: trustPolicy({ Principal: "*" }) }] });

    expect(() => parseConfiguration(principals(ROLE))).not.toThrow();
    expect(() => parseConfiguration(principals(USER))).toThrow(
      expect.objectContaining({ code: "CONFIGURATION_VALUE", path: "principals[0].trustPolicy" }),
    );
  });
});

describe("AssumeRoleWithWebIdentity of a role with a trust policy", () => {
  const token = (claims: object = {}) =>
    webIdentityToken({
      iss: `https://${GITHUB}`,
      sub: SUBJECT,
      aud: "sts.amazonaws.com",
      exp: NOW.getTime() / 1000 + 600,
      ...claims,
    });
  const github = (more: object = {}): Statement => ({
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${GITHUB}:sub`]: "repo:octo-org/octo-repo:*" },
    },
    ...more,
  });
  const ask = async (fake: ReturnType<typeof fakeOf>, claims: object = {}) => {
    const parameters = { RoleArn: ROLE, RoleSessionName: "session", WebIdentityToken: token(claims) };
    const reply = await sendToFake(fake, queryRequest({ Action: "AssumeRoleWithWebIdentity", ...parameters }));
    return [reply.status, elementOf(reply.text, "Message")];
  };

  test.each<[string, readonly Statement[], object]>([
    ["a branch, by a pattern", [github()], {}],
    ["a branch, by its name", [github({ Condition: { StringEquals: { [`${GITHUB}:sub`]: SUBJECT } } })], {}],
    ["whatever a provider vouches for", [github({ Condition: {} })], {}],
    ["everybody", [github({ Principal: "*" })], {}],
    [
      "an issuer with a path",
      [github({ Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.example/id/1` }, Condition: {} })],
      { iss: "https://oidc.example/id/1" },
    ],
    [
      "a provider that has no ARN",
      [github({ Principal: { Federated: "accounts.google.com" }, Condition: {} })],
      { iss: "https://accounts.google.com" },
    ],
    ["any audience of a list", [github()], { aud: ["sts.amazonaws.com", "other"] }],
  ])("is given to %s", async (_, statements, claims) => {
    expect((await ask(fakeOf(trustPolicy(...statements)), claims))[0]).toBe(200);
  });

  test.each<[string, readonly Statement[], object]>([
    ["another repository", [github()], { sub: "repo:octo-org/octo-repo2:ref:refs/heads/main" }],
    ["another audience", [github()], { aud: "https://github.com/octo-org" }],
    ["no subject", [github()], { sub: undefined }],
    ["no audience", [github()], { aud: undefined }],
    ["another issuer", [github()], { iss: "https://example.com" }],
    ["an issuer that begins so", [github()], { iss: `https://${GITHUB}.example.com` }],
    ["no issuer", [github({ Condition: {} })], { iss: undefined }],
    [
      "a provider of another account",
      [github({ Principal: { Federated: PROVIDER.replace(ACCOUNT, OTHER_ACCOUNT) } })],
      {},
    ],
    ["those who sign", [github({ Principal: { AWS: ACCOUNT }, Condition: {} })], {}],
    ["another action", [github({ Action: "sts:AssumeRole" })], {}],
    [
      "a branch that is denied",
      [github(), github({ Effect: "Deny", Condition: { StringLike: { [`${GITHUB}:sub`]: "*:ref:refs/heads/main" } } })],
      {},
    ],
  ])("is refused to %s", async (_, statements, claims) => {
    expect(await ask(fakeOf(trustPolicy(...statements)), claims)).toEqual([
      403,
      "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ]);
  });

  test("is as it was without one", async () => {
    expect((await ask(fakeOf(undefined), { sub: "anybody" }))[0]).toBe(200);
  });

  test("is refused as the official client reads it", async () => {
    const server = await serve(fakeOf(trustPolicy(github())), { port: 0 });
    const client = new STSClient({ endpoint: server.url, region: "us-east-1", maxAttempts: 1 });
    const parameters = { RoleArn: ROLE, RoleSessionName: "session" };
    const assumeWith = (claims: object) =>
      client.send(new AssumeRoleWithWebIdentityCommand({ ...parameters, WebIdentityToken: token(claims) }));
    try {
      expect(await assumeWith({})).toMatchObject({
        SubjectFromWebIdentityToken: SUBJECT,
        Audience: "sts.amazonaws.com",
        Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/) },
      });
      await expect(assumeWith({ sub: "repo:other/repo:ref:refs/heads/main" })).rejects.toMatchObject({
        name: "AccessDenied",
        message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      });
    } finally {
      await server.close();
    }
  });
});

describe("statementsFor()", () => {
  const names = fc.constantFrom(
    "*",
    ACCOUNT,
    OTHER_ACCOUNT,
    `arn:aws:iam::${ACCOUNT}:root`,
    USER,
    `${USER}s`,
    ROLE,
    `arn:aws:iam::${OTHER_ACCOUNT}:user/alice`,
  );
  /** Whether a name means Alice, said once more without reading it. */
  const MEANS_ALICE: ReadonlySet<string> = new Set(["*", ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`, USER]);
  const DIRECTLY: ReadonlySet<string> = new Set(["*", USER]);

  test("picks the statements that name somebody, and no other", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(names, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (lists) => {
          const trust = parseTrustPolicy(trustPolicy(...lists.map((list) => ({ Principal: { AWS: list } }))), "trust");
          const { policies, direct } = statementsFor(trust, { arns: [USER], accountId: ACCOUNT });
          const pathsOf = (found: typeof policies) => found.map(({ statements: [statement] }) => statement?.path);
          const expected = (meant: ReadonlySet<string>) =>
            lists.flatMap((list, index) => (list.some((name) => meant.has(name)) ? [`$.Statement[${index}]`] : []));

          expect(pathsOf(policies)).toEqual(expected(MEANS_ALICE));
          expect(pathsOf(direct)).toEqual(expected(DIRECTLY));
        },
      ),
      soakProperty(10_000, 300),
    );
  });
});
