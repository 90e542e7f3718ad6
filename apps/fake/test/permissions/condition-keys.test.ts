import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { generateShortTermKey } from "@claude-on-aws/auth";
import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore, type FakeOptions, recordedPermissions, serve } from "../../src/server.ts";
import { elementOf, queryRequest, sendToFake, signForSts } from "../credential-services/support/send-to-fake.ts";
import { GOOD, sign, withHeader } from "../support/requests.ts";
import { ACCOUNT, ALICE, type Given, NOW, policy } from "./support.ts";

const READER = `arn:aws:iam::${ACCOUNT}:role/reader`;
const NEXT = `arn:aws:iam::${ACCOUNT}:role/next`;
const { service, request } = GOOD["anthropic-aws"];

type Parameters = Readonly<Record<string, string>>;

interface Statements {
  readonly alice?: readonly Given[];
  readonly reader?: readonly Given[];
  readonly next?: readonly Given[];
}

const EVERYTHING: Given = { Action: "*" };

/** A fake of a user and two roles, who may do everything unless it is said what they may. */
const fakeOf = ({ alice, reader, next }: Statements, now: () => Date = () => NOW, more: FakeOptions = {}): FakeCore =>
  createFakeCore({
    now,
    principals: [
      { name: "alice", credentials: [ALICE], policies: [policy(...(alice ?? [EVERYTHING]))] },
      { arn: READER, policies: [policy(...(reader ?? [EVERYTHING]))] },
      { arn: NEXT, policies: [policy(...(next ?? [EVERYTHING]))] },
    ],
    ...more,
  });

const TAGGED: Parameters = {
  "Tags.member.1.Key": "Team",
  "Tags.member.1.Value": "red",
  "Tags.member.2.Key": "cost",
  "Tags.member.2.Value": "",
  "TransitiveTagKeys.member.1": "team",
};

const RED: Parameters = { "Tags.member.1.Key": "Team", "Tags.member.1.Value": "red" };

/** Asks STS for a session of a role; answers are read, not judged. */
async function askForRole(
  fake: FakeCore,
  credentials: AwsCredentials,
  parameters: Parameters = {},
  date: Date = NOW,
): Promise<{ readonly status: number; readonly text: string; readonly denied: string | undefined }> {
  const asked = queryRequest({ Action: "AssumeRole", RoleArn: READER, RoleSessionName: "session", ...parameters });
  const { status, text } = await sendToFake(fake, await signForSts(asked, credentials, date));
  const { checks = [] } = fake.journal.snapshot().exchanges.at(-1) ?? {};
  return { status, text, denied: checks.find(({ check }) => check === "permission")?.fault?.details?.["action"] };
}

const credentialsIn = (xml: string): AwsCredentials => ({
  accessKeyId: elementOf(xml, "AccessKeyId") ?? "",
  secretAccessKey: elementOf(xml, "SecretAccessKey") ?? "",
  sessionToken: elementOf(xml, "SessionToken") ?? "",
});

/** The credentials of a session of a role. */
async function assume(
  fake: FakeCore,
  credentials: AwsCredentials,
  parameters: Parameters = {},
  date: Date = NOW,
): Promise<AwsCredentials> {
  const { status, text } = await askForRole(fake, credentials, parameters, date);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return credentialsIn(text);
}

/** Asks Claude with credentials; the status of the answer. */
const infer = async (fake: FakeCore, credentials: AwsCredentials, date: Date = NOW): Promise<number> =>
  (await sendToFake(fake, await sign(request(4242), service, { credentials, date }))).status;

const userIdOf = async (fake: FakeCore, credentials: AwsCredentials): Promise<string> =>
  elementOf(
    (await sendToFake(fake, await signForSts(queryRequest({ Action: "GetCallerIdentity" }), credentials, NOW))).text,
    "UserId",
  ) ?? "";

const allow = (Condition: object): readonly Given[] => [{ Action: "*", Condition }];
const deny = (Condition: object): readonly Given[] => [EVERYTHING, { Effect: "Deny", Action: "*", Condition }];

describe("of a session that the fake issued", () => {
  const ROWS: readonly [name: string, parameters: Parameters, holds: object, not: object][] = [
    [
      "aws:TokenIssueTime",
      {},
      { DateEquals: { "aws:TokenIssueTime": NOW.toISOString() } },
      { DateGreaterThan: { "aws:TokenIssueTime": NOW.toISOString() } },
    ],
    [
      "aws:PrincipalTag, whatever the case of its key",
      TAGGED,
      { StringEquals: { "aws:PrincipalTag/TEAM": "red" } },
      { StringEquals: { "aws:PrincipalTag/TEAM": "Red" } },
    ],
    [
      "aws:PrincipalTag, where it has no text",
      TAGGED,
      { StringEquals: { "aws:PrincipalTag/cost": "" } },
      { Null: { "aws:PrincipalTag/cost": "true" } },
    ],
    [
      "aws:SourceIdentity",
      { SourceIdentity: "alice" },
      { StringEquals: { "aws:SourceIdentity": "alice" } },
      { StringEquals: { "aws:SourceIdentity": "bob" } },
    ],
    [
      "aws:userid",
      {},
      { StringLike: { "aws:userid": "AROA?????????????????:session" } },
      { StringLike: { "aws:userid": "AROA*:other" } },
    ],
    [
      "aws:PrincipalIsAWSService",
      {},
      { Bool: { "aws:PrincipalIsAWSService": "false" } },
      { Bool: { "aws:PrincipalIsAWSService": "true" } },
    ],
    ["aws:ViaAWSService", {}, { Bool: { "aws:ViaAWSService": "false" } }, { Bool: { "aws:ViaAWSService": "true" } }],
  ];

  test.each(ROWS)("%s is tested", async (_, parameters, holds, not) => {
    const status = async (reader: readonly Given[]) => {
      const fake = fakeOf({ reader });
      return infer(fake, await assume(fake, ALICE, parameters));
    };

    expect([await status(allow(holds)), await status(deny(holds))]).toEqual([200, 403]);
    expect([await status(allow(not)), await status(deny(not))]).toEqual([403, 200]);
  });

  test.each(["aws:TokenIssueTime", "aws:SourceIdentity", "aws:PrincipalTag/team"])(
    "%s is not there for a long-term key, nor for its short-term keys",
    async (key) => {
      const fake = fakeOf({ alice: allow({ Null: { [key]: "true" } }) });
      const short = await generateShortTermKey({
        credentials: ALICE,
        family: "anthropic-aws",
        region: "us-east-1",
        date: NOW,
      });
      const withKey = await sendToFake(fake, withHeader(request(4242), "x-api-key", short));

      expect([await infer(fake, ALICE), withKey.status]).toEqual([200, 200]);
    },
  );

  test("is told from later ones by AWS's policy that revokes sessions, with the short-term keys made from it", async () => {
    const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
    let now = NOW;
    const revoked = deny({ DateLessThan: { "aws:TokenIssueTime": at(5).toISOString() } });
    const fake = fakeOf({ reader: revoked, alice: revoked }, () => now);
    const before = await assume(fake, ALICE);
    now = at(10);
    const after = await assume(fake, ALICE, {}, now);
    const statusOfKey = async (credentials: AwsCredentials) => {
      const key = await generateShortTermKey({ credentials, family: "anthropic-aws", region: "us-east-1", date: now });
      return (await sendToFake(fake, withHeader(request(4242), "x-api-key", key))).status;
    };

    expect([await infer(fake, before, now), await infer(fake, after, now), await infer(fake, ALICE, now)]).toEqual([
      403, 200, 200,
    ]);
    expect([await statusOfKey(before), await statusOfKey(after)]).toEqual([403, 200]);
    expect((await askForRole(fake, before, { RoleArn: NEXT }, now)).status).toBe(403);
  });
});

describe("aws:userid is what GetCallerIdentity prints", () => {
  test("of a user, for its access keys and its API keys", async () => {
    const id = await userIdOf(fakeOf({}), ALICE);
    const principals = (Condition: object) => [
      { name: "alice", credentials: [ALICE], apiKeys: ["k1"], policies: [policy(...allow(Condition))] },
    ];
    const status = async (given: string) => {
      const fake = createFakeCore({
        now: () => NOW,
        principals: principals({ StringEquals: { "aws:userid": given } }),
      });
      const withKey = await sendToFake(fake, withHeader(request(4242), "x-api-key", "k1"));
      return [await infer(fake, ALICE), withKey.status];
    };

    expect(id).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(await status(id)).toEqual([200, 200]);
    expect(await status(`${id}A`)).toEqual([403, 403]);
  });

  test("of a session, the ID of its role first, which is that of a key of the role that was configured", async () => {
    const fake = fakeOf({});
    const id = await userIdOf(fake, await assume(fake, ALICE));
    const configured = createFakeCore({
      now: () => NOW,
      principals: [
        { arn: READER, credentials: [ALICE], policies: [policy(...allow({ StringEquals: { "aws:userid": id } }))] },
      ],
    });

    expect(id).toMatch(/^AROA[A-Z2-7]{17}:session$/);
    expect(await userIdOf(configured, ALICE)).toBe(id);
    expect(await infer(configured, ALICE)).toBe(200);
  });
});

describe("who takes a role on", () => {
  const mayAssume: Given = { Action: "sts:AssumeRole" };
  const ROWS: readonly [name: string, action: string, parameters: Parameters, holds: object, not: object][] = [
    [
      "aws:RequestTag",
      "sts:TagSession",
      TAGGED,
      { StringEquals: { "aws:RequestTag/team": "red" } },
      { StringEquals: { "aws:RequestTag/team": "blue" } },
    ],
    [
      "aws:RequestTag",
      "sts:AssumeRole",
      TAGGED,
      { StringEquals: { "aws:RequestTag/team": "red" } },
      { StringEquals: { "aws:RequestTag/team": "blue" } },
    ],
    [
      "aws:TagKeys",
      "sts:TagSession",
      TAGGED,
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["Team", "cost"] } },
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["Team"] } },
    ],
    [
      "sts:TransitiveTagKeys",
      "sts:TagSession",
      TAGGED,
      { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": "Team" } },
      { "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": "cost" } },
    ],
    [
      "sts:SourceIdentity",
      "sts:SetSourceIdentity",
      { SourceIdentity: "alice" },
      { StringEquals: { "sts:SourceIdentity": "${aws:username}" } },
      { StringEquals: { "sts:SourceIdentity": "bob" } },
    ],
    [
      "sts:RoleSessionName",
      "sts:AssumeRole",
      {},
      { StringEquals: { "sts:RoleSessionName": "session" } },
      { StringEquals: { "sts:RoleSessionName": "alice" } },
    ],
    [
      "aws:PrincipalIsAWSService",
      "sts:AssumeRole",
      {},
      { Bool: { "aws:PrincipalIsAWSService": "false" } },
      { Bool: { "aws:PrincipalIsAWSService": "true" } },
    ],
  ];

  test.each(ROWS)("%s of %s is tested", async (_, action, parameters, holds, not) => {
    const rest: Given = { NotAction: action };
    const ask = async (...alice: readonly Given[]) => {
      const { status, denied } = await askForRole(fakeOf({ alice }), ALICE, parameters);
      return [status, denied];
    };
    const granted = (Condition: object): Given => ({ Action: action, Condition });
    const denied = (Condition: object): Given => ({ Effect: "Deny", Action: action, Condition });

    expect(await ask(rest, granted(holds))).toEqual([200, undefined]);
    expect(await ask(rest, granted(not))).toEqual([403, action]);
    expect(await ask(EVERYTHING, denied(holds))).toEqual([403, action]);
    expect(await ask(EVERYTHING, denied(not))).toEqual([200, undefined]);
  });

  test("as a session is tested by what that session has", async () => {
    const reader = allow({
      StringEquals: { "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "alice" },
      StringLike: { "aws:userid": "AROA*:session" },
      DateEquals: { "aws:TokenIssueTime": NOW.toISOString() },
    });
    const ask = async (parameters: Parameters) => {
      const fake = fakeOf({ reader });
      return (await askForRole(fake, await assume(fake, ALICE, parameters), { RoleArn: NEXT })).status;
    };

    expect(await ask({ ...TAGGED, SourceIdentity: "alice" })).toBe(200);
    expect(await ask({ ...TAGGED, SourceIdentity: "bob" })).toBe(403);
  });

  test.each<[string, Parameters]>([
    ["sts:TagSession", TAGGED],
    ["sts:SetSourceIdentity", { SourceIdentity: "alice" }],
  ])("takes %s as well where its own session passes something on", async (action, parameters) => {
    const ask = async (reader: readonly Given[]) => {
      const fake = fakeOf({ reader });
      const { status, denied } = await askForRole(fake, await assume(fake, ALICE, parameters), { RoleArn: NEXT });
      return [status, denied];
    };

    expect(await ask([mayAssume])).toEqual([403, action]);
    expect(await ask([mayAssume, { Action: action }])).toEqual([200, undefined]);
  });

  test("is tested by the tags that it passes on as by those of the request", async () => {
    const limited = (...keys: readonly string[]): Given => ({
      Action: "sts:TagSession",
      Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": keys, "sts:TransitiveTagKeys": ["Team"] } },
    });
    const ask = async (reader: readonly Given[], parameters: Parameters) => {
      const fake = fakeOf({ reader });
      const session = await assume(fake, ALICE, TAGGED);
      return (await askForRole(fake, session, { RoleArn: NEXT, ...parameters })).status;
    };
    const another = { "Tags.member.1.Key": "level", "Tags.member.1.Value": "top" };

    expect(await ask([mayAssume, limited("Team")], {})).toBe(200);
    expect(await ask([mayAssume, limited("team")], {})).toBe(403);
    expect(await ask([mayAssume, limited("Team")], another)).toBe(403);
    expect(await ask([mayAssume, limited("Team", "level")], another)).toBe(200);
  });
});

describe("one role that takes on another", () => {
  const chain = async (first: Parameters, second: Parameters, next?: readonly Given[]) => {
    const fake = fakeOf(next === undefined ? {} : { next });
    const session = await assume(fake, ALICE, first);
    return { fake, ...(await askForRole(fake, session, { RoleArn: NEXT, ...second })) };
  };

  test("passes its transitive tags on, and no others, as often as roles are taken on", async () => {
    const next = allow({ StringEquals: { "aws:PrincipalTag/team": "red" }, Null: { "aws:PrincipalTag/cost": "true" } });
    const { fake, text } = await chain(TAGGED, {}, [...next, { Action: "sts:*" }]);
    const third = await assume(fake, credentialsIn(text), { RoleArn: NEXT });

    expect([await infer(fake, credentialsIn(text)), await infer(fake, third)]).toEqual([200, 200]);
  });

  test("passes its source identity on, which the answer names", async () => {
    const next = allow({ StringEquals: { "aws:SourceIdentity": "alice" } });
    const { fake, text } = await chain({ SourceIdentity: "alice" }, {}, next);

    expect(elementOf(text, "SourceIdentity")).toBe("alice");
    expect(await infer(fake, credentialsIn(text))).toBe(200);
  });

  test("adds tags, and a source identity where there was none", async () => {
    const next = allow({
      StringEquals: { "aws:PrincipalTag/team": "red", "aws:PrincipalTag/level": "top", "aws:SourceIdentity": "bob" },
    });
    const second = { "Tags.member.1.Key": "level", "Tags.member.1.Value": "top", SourceIdentity: "bob" };
    const { fake, text } = await chain(TAGGED, second, next);

    expect(await infer(fake, credentialsIn(text))).toBe(200);
  });

  const CONFLICT =
    "One of the specified transitive tag keys can&apos;t be set because it conflicts with a transitive tag key from the calling session.";
  const many = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [
      [`Tags.member.${at + 1}.Key`, `k${at}`],
      [`Tags.member.${at + 1}.Value`, "v"],
    ]).flat(),
  );

  test.each<[string, Parameters, Parameters, string, string]>([
    [
      "another source identity",
      { SourceIdentity: "alice" },
      { SourceIdentity: "bob" },
      "ValidationError",
      "The source identity is already set for this assume role session",
    ],
    ["a tag that is passed on", TAGGED, { ...RED, "Tags.member.1.Key": "TEAM" }, "InvalidParameterValue", CONFLICT],
    [
      "more tags than there may be",
      TAGGED,
      many,
      "InvalidParameterValue",
      "A session has 50 tags at most, with those that it inherits.",
    ],
  ])("does not set %s", async (_, first, second, code, message) => {
    const { status, text } = await chain(first, second);

    expect([status, elementOf(text, "Code"), elementOf(text, "Message")]).toEqual([400, code, message]);
  });

  test("may name the source identity that there is", async () => {
    expect((await chain({ SourceIdentity: "alice" }, { SourceIdentity: "alice" })).status).toBe(200);
  });

  test("leaves what is passed on as it is, where findings are only recorded", async () => {
    const next = allow({ StringEquals: { "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "alice" } });
    const fake = fakeOf({ next }, () => NOW, { onFinding: "record" });
    const session = await assume(fake, ALICE, { ...TAGGED, SourceIdentity: "alice" });
    const blue = { "Tags.member.1.Key": "team", "Tags.member.1.Value": "blue", SourceIdentity: "bob" };
    const second = await assume(fake, session, { RoleArn: NEXT, ...blue });
    await infer(fake, second);
    const { checks = [] } = fake.journal.snapshot().exchanges.at(-1) ?? {};

    expect(checks.find(({ check }) => check === "permission")).toEqual({ check: "permission" });
  });
});

describe("what AWS's own SDK asks STS for", () => {
  const holds = {
    StringEquals: { "aws:PrincipalTag/team": "red", "aws:SourceIdentity": "alice" },
    DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" },
  };
  const onlyToClaude = (statements: readonly Given[]): readonly Given[] =>
    statements.map(({ Action: _all, ...statement }) => ({ ...statement, Action: "aws-external-anthropic:*" }));

  test.each<[string, readonly Given[], readonly number[]]>([
    ["allows", allow(holds), [200, 200, 403]],
    ["denies", deny(holds), [403, 403, 200]],
  ])("%s what tags, source identity and time of the session say", async (_, statements, expected) => {
    const may = [{ Action: "sts:*" }, ...onlyToClaude(statements)];
    const fake = fakeOf({ reader: may, next: may }, () => new Date());
    const server = await serve(fake, { port: 0 });
    try {
      const take = async (credentials: AwsCredentials, input: Partial<AssumeRoleCommand["input"]>) => {
        const { accessKeyId, secretAccessKey, sessionToken } = credentials;
        const client = new STSClient({
          region: "us-east-1",
          endpoint: server.url,
          credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
        });
        const command = new AssumeRoleCommand({ RoleArn: READER, RoleSessionName: "session", ...input });
        const { Credentials: issued } = await client.send(command);
        return {
          accessKeyId: issued?.AccessKeyId ?? "",
          secretAccessKey: issued?.SecretAccessKey ?? "",
          sessionToken: issued?.SessionToken ?? "",
        };
      };
      const Tags = [
        { Key: "team", Value: "red" },
        { Key: "cost", Value: "" },
      ];
      const first = await take(ALICE, { Tags, TransitiveTagKeys: ["team"], SourceIdentity: "alice" });
      const second = await take(first, { RoleArn: NEXT });
      // An empty list is written as its name alone.
      const plain = await take(ALICE, { Tags: [], TransitiveTagKeys: [], PolicyArns: [] });
      const status = (credentials: AwsCredentials) => infer(fake, credentials, new Date());

      expect([await status(first), await status(second), await status(plain)]).toEqual(expected);
    } finally {
      await server.close();
    }
  });
});

describe("of a workspace", () => {
  const WORKSPACES = "/v1/organizations/workspaces";

  const ask = async (fake: FakeCore, method: "GET" | "POST", target: string, body?: object, id?: string) => {
    const { headers } = request(4242);
    const asked = {
      ...request(4242),
      method,
      target,
      body: body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body)),
    };
    const made = id === undefined ? { ...asked, headers } : withHeader(asked, "anthropic-workspace-id", id);
    const { status, text } = await sendToFake(fake, await sign(made, service, { credentials: ALICE, date: NOW }));
    return { status, id: (JSON.parse(text) as { id?: string }).id ?? "" };
  };

  const ROWS: readonly [name: string, tags: object, holds: object, not: object][] = [
    [
      "aws:RequestTag",
      { team: "red", cost: null },
      { StringEquals: { "aws:RequestTag/Team": "red" } },
      { StringEquals: { "aws:RequestTag/team": "blue" } },
    ],
    [
      "aws:TagKeys",
      { team: "red", cost: "1" },
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "cost"] } },
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
    ],
    [
      "aws:RequestTag without tags",
      {},
      { Null: { "aws:RequestTag/team": "true", "aws:TagKeys": "true" } },
      { Null: { "aws:TagKeys": "false" } },
    ],
  ];

  test.each(ROWS)("%s is tested where one is created", async (_, tags, holds, not) => {
    const create = async (alice: readonly Given[]) =>
      (await ask(fakeOf({ alice }), "POST", WORKSPACES, { name: "w", tags })).status;

    expect([await create(allow(holds)), await create(deny(holds))]).toEqual([200, 403]);
    expect([await create(allow(not)), await create(deny(not))]).toEqual([403, 200]);
  });

  test.each<[string, "GET" | "POST", (id: string) => string]>([
    ["GetWorkspace", "GET", (id) => `${WORKSPACES}/${id}`],
    ["CountTokens", "POST", () => "/v1/messages/count_tokens"],
    ["CreateInference", "POST", () => "/v1/messages"],
    ["ListModels", "GET", () => "/v1/models"],
  ])("aws:ResourceTag is tested of %s", async (_, method, target) => {
    const message = { model: "claude-sonnet-4-6", messages: [{ role: "user", content: "hello" }] };
    const red = { StringEquals: { "aws:ResourceTag/TEAM": "red" } };
    const tagged = async (alice: readonly Given[], team: string) => {
      const rest = { NotAction: "aws-external-anthropic:CreateWorkspace" };
      const fake = fakeOf({
        alice: [
          { Action: "aws-external-anthropic:CreateWorkspace" },
          ...alice.map(({ Action: _all, ...statement }) => ({ ...statement, ...rest })),
        ],
      });
      const { id } = await ask(fake, "POST", WORKSPACES, { name: "w", tags: { team } });
      const body = target(id).endsWith("/messages") ? { ...message, max_tokens: 16 } : message;
      return (await ask(fake, method, target(id), method === "POST" ? body : undefined, id)).status;
    };

    expect([await tagged(allow(red), "red"), await tagged(deny(red), "red")]).toEqual([200, 403]);
    expect([await tagged(allow(red), "blue"), await tagged(deny(red), "blue")]).toEqual([403, 200]);
  });

  test("aws:ResourceTag is what the workspace has since it was changed", async () => {
    const locked = { Effect: "Deny", Action: "aws-external-anthropic:CreateInference" } as const;
    const fake = fakeOf({
      alice: [EVERYTHING, { ...locked, Condition: { StringEquals: { "aws:ResourceTag/state": "locked" } } }],
    });
    const { id } = await ask(fake, "POST", WORKSPACES, { name: "w" });
    const message = { model: "claude-sonnet-4-6", max_tokens: 16, messages: [{ role: "user", content: "hello" }] };
    const infers = async () => (await ask(fake, "POST", "/v1/messages", message, id)).status;
    const before = await infers();
    await ask(fake, "POST", `${WORKSPACES}/${id}`, { tags: { state: "locked" } });
    const locking = await infers();
    await ask(fake, "POST", `${WORKSPACES}/${id}`, { tags: { state: null } });

    expect([before, locking, await infers()]).toEqual([200, 403, 200]);
  });

  test("aws:ResourceTag is compared with the tags of the session", async () => {
    const own = { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } };
    const fake = fakeOf({ reader: allow(own) });
    const { id } = await ask(fake, "POST", WORKSPACES, { name: "w", tags: { team: "red" } });
    const inferred = async (Value: string) => {
      const session = await assume(fake, ALICE, { ...RED, "Tags.member.1.Value": Value });
      const asked = withHeader(request(4242), "anthropic-workspace-id", id);
      return (await sendToFake(fake, await sign(asked, service, { credentials: session, date: NOW }))).status;
    };

    expect([await inferred("red"), await inferred("blue")]).toEqual([200, 403]);
  });

  test("recordedPermissions() says which tags it had", async () => {
    const fake = fakeOf({});
    const { id } = await ask(fake, "POST", WORKSPACES, { name: "w", tags: { team: "red" } });
    await ask(fake, "GET", `${WORKSPACES}/${id}`);
    await ask(fake, "POST", `${WORKSPACES}/${id}`, { tags: { team: null } });
    await ask(fake, "GET", `${WORKSPACES}/${id}`);
    const contexts = fake.journal
      .snapshot()
      .exchanges.map((entry) => recordedPermissions(entry)?.permissions[0]?.context ?? {});
    const tagsIn = (context: object) =>
      Object.fromEntries(Object.entries(context).filter(([key]) => key.includes("Tag")));

    expect(contexts.map(tagsIn)).toEqual([
      { "aws:RequestTag/team": "red", "aws:TagKeys": ["team"] },
      { "aws:ResourceTag/team": "red" },
      { "aws:ResourceTag/team": "red" },
      {},
    ]);
  });
});

test("recordedPermissions() says what was tested of a session", async () => {
  const fake = fakeOf({});
  const session = await assume(fake, ALICE, { ...TAGGED, SourceIdentity: "alice" });
  await infer(fake, session);
  const entry = fake.journal.snapshot().exchanges.at(-1);
  const userId = await userIdOf(fake, session);

  expect(entry && recordedPermissions(entry)?.permissions).toEqual([
    expect.objectContaining({
      context: expect.objectContaining({
        "aws:PrincipalArn": READER,
        "aws:PrincipalIsAWSService": false,
        "aws:PrincipalTag/Team": "red",
        "aws:PrincipalTag/cost": "",
        "aws:SourceIdentity": "alice",
        "aws:TokenIssueTime": NOW.toISOString(),
        "aws:userid": userId,
      }),
    }),
  ]);
});
